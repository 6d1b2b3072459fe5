#include "modules/catalog/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>

namespace liveshop::catalog {
namespace {

using Faults = std::vector<FieldError>;

void check_count(Faults& faults, std::string_view pointer, std::size_t count, std::size_t most) {
    if (count > most) faults.push_back({std::string(pointer), fmt::format("must have at most {} items", most)});
}

// A page shows them as they are: only what was uploaded here, or comes encrypted.
void check_picture(Faults& faults, std::string pointer, std::string_view url) {
    if (!url.starts_with("/files/") && !url.starts_with("https://"))
        faults.push_back(
            {std::move(pointer), "must be the address of an uploaded picture (/files/…) or begin with https://"});
}

void check_pictures(Faults& faults, const std::optional<std::vector<PictureUrl>>& images) {
    if (!images) return;
    check_count(faults, "/images", images->size(), pictures_max);
    for (std::size_t i = 0; i < images->size(); ++i)
        check_picture(faults, fmt::format("/images/{}", i), (*images)[i].value);
}

template <class Texts>
bool has_repeats(const Texts& texts) {
    return std::set(texts.begin(), texts.end()).size() != texts.size();
}

void check_options(Faults& faults, const std::optional<std::vector<OptionText>>& names) {
    if (!names) return;
    check_count(faults, "/option_names", names->size(), options_max);
    if (has_repeats(*names)) faults.push_back({"/option_names", "must differ from each other"});
}

// Each variant has a value of each option, and no two have the same ones.
template <class V>
void check_values(Faults& faults, const std::vector<V>& variants, std::size_t options) {
    std::set<std::vector<OptionText>> seen;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const auto& values = variants[i].option_values;
        const std::string pointer = fmt::format("/variants/{}/option_values", i);
        if (!values) continue;
        if (values->size() != options)
            faults.push_back({pointer, fmt::format("must have {} values, one of each option", options)});
        else if (options > 0 && !seen.insert(*values).second)
            faults.push_back({pointer, "must differ from those of the other variants"});
    }
}

void check_attributes(Faults& faults, const std::optional<std::vector<Attribute>>& attributes) {
    if (attributes) check_count(faults, "/attributes", attributes->size(), attributes_max);
}

struct Opening {
    Weekday weekday;
    int opens, closes;
};

void check_hours(Faults& faults, const std::vector<OpeningHours>& hours) {
    check_count(faults, "/opening_hours", hours.size(), openings_max);
    std::vector<Opening> openings;
    for (std::size_t i = 0; i < hours.size(); ++i) {
        const std::optional<int> opens = minutes_of(hours[i].opens.value), closes = minutes_of(hours[i].closes.value);
        if (!opens || *opens == 24 * 60)
            faults.push_back({fmt::format("/opening_hours/{}/opens", i), "must be a time like 09:00"});
        if (!closes) faults.push_back({fmt::format("/opening_hours/{}/closes", i), "must be a time like 18:30"});
        if (opens && closes)
            openings.push_back({hours[i].weekday, *opens, *closes <= *opens ? *closes + 1440 : *closes});
    }
    std::ranges::sort(openings, {}, [](const Opening& o) { return std::pair(o.weekday, o.opens); });
    for (std::size_t i = 1; i < openings.size(); ++i)
        if (openings[i - 1].weekday == openings[i].weekday && openings[i].opens < openings[i - 1].closes)
            faults.push_back({"/opening_hours", fmt::format("overlap on {}", name_of(openings[i].weekday))});
}

void check_holidays(Faults& faults, const std::vector<Holiday>& holidays) {
    check_count(faults, "/holidays", holidays.size(), holidays_max);
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < holidays.size(); ++i) {
        const std::string pointer = fmt::format("/holidays/{}/date", i);
        if (!is_date(holidays[i].date.value))
            faults.push_back({pointer, "must be a day like 2026-12-24"});
        else if (!seen.insert(holidays[i].date.value).second)
            faults.push_back({pointer, "is named twice"});
    }
}

std::optional<int> number_in(std::string_view digits) {
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() || digits.front() == '-') return std::nullopt;
    return number;
}

}  // namespace

Faults faults_of(const CreateProduct& in) {
    Faults faults;
    if (in.variants.empty()) faults.push_back({"/variants", "must name at least one variant"});
    check_count(faults, "/variants", in.variants.size(), variants_max);
    check_pictures(faults, in.images);
    check_options(faults, in.option_names);
    check_values(faults, in.variants, in.option_names ? in.option_names->size() : 0);
    check_attributes(faults, in.attributes);
    return faults;
}

Faults faults_of(const UpdateProduct& in, const Product& before) {
    Faults faults;
    check_pictures(faults, in.images);
    check_options(faults, in.option_names);
    check_attributes(faults, in.attributes);
    if (!in.variants) return faults;
    const auto changed = std::ranges::count_if(*in.variants, [](const VariantChange& v) { return v.id.has_value(); });
    const std::size_t added = in.variants->size() - static_cast<std::size_t>(changed);
    check_count(faults, "/variants", std::max(in.variants->size(), before.variants.size() + added), variants_max);
    check_values(faults, *in.variants, in.option_names ? in.option_names->size() : before.option_names.size());
    for (std::size_t i = 0; i < in.variants->size(); ++i)
        if ((*in.variants)[i].id && (*in.variants)[i].stock_quantity)
            faults.push_back(
                {fmt::format("/variants/{}/stock_quantity", i), "is changed by PUT /variants/{variant_id}/stock"});
    return faults;
}

Faults faults_of(const UpdateStore& in) {
    Faults faults;
    if (in.logo_url) check_picture(faults, "/logo_url", in.logo_url->value);
    if (in.cover_url) check_picture(faults, "/cover_url", in.cover_url->value);
    if (in.opening_hours) check_hours(faults, *in.opening_hours);
    if (in.holidays) check_holidays(faults, *in.holidays);
    if (in.delivery_radius_m && in.delivery_radius_m->value > 0 && in.delivery_radius_m->value < 100)
        faults.push_back({"/delivery_radius_m", "must be 100 m at least, or 0 for anywhere"});
    return faults;
}

Faults faults_of(const ChangeStock& in) {
    if (in.delta.has_value() == in.quantity.has_value())
        return {{"", "must have either delta, or quantity and expected_quantity"}};
    if (in.quantity.has_value() != in.expected_quantity.has_value())
        return {{"/expected_quantity", "belongs to quantity: how many there were"}};
    return {};
}

Faults faults_of(const ListStores& in) {
    Faults faults;
    if (in.lat.has_value() != in.lng.has_value())
        faults.push_back({in.lat ? "/lng" : "/lat", "is needed as well: a place is both"});
    if (in.within_m && !in.lat) faults.push_back({"/within_m", "needs lat and lng"});
    if (in.delivers_here.value_or(false) && !in.lat) faults.push_back({"/delivers_here", "needs lat and lng"});
    return faults;
}

std::string variant_name(const std::vector<OptionText>& option_values) {
    std::string name;
    for (const OptionText& value : option_values) name += (name.empty() ? "" : " / ") + value.value;
    return name.empty() ? "Standard" : name;
}

std::optional<int> minutes_of(std::string_view time) {
    if (time.size() != 5 || time[2] != ':') return std::nullopt;
    const std::optional<int> hours = number_in(time.substr(0, 2)), minutes = number_in(time.substr(3));
    if (!hours || !minutes || *minutes > 59 || *hours * 60 + *minutes > 24 * 60) return std::nullopt;
    return *hours * 60 + *minutes;
}

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const std::optional<int> year = number_in(text.substr(0, 4)), month = number_in(text.substr(5, 2)),
                             day = number_in(text.substr(8));
    if (!year || !month || !day) return false;
    return std::chrono::year_month_day(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                       std::chrono::day(static_cast<unsigned>(*day)))
        .ok();
}

}  // namespace liveshop::catalog
