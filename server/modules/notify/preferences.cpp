#include <fmt/format.h>

#include <algorithm>

#include "modules/notify/handlers.hpp"
#include "modules/notify/preferences_store.hpp"
#include "modules/notify/rules.hpp"
#include "modules/notify/senders.hpp"

namespace liveshop::notify {
namespace {

std::string clock_of(std::int64_t minutes) { return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60); }

KindPreference preference_of(const KindRow& row, const std::vector<PreferenceChange>& changed) {
    KindPreference preference{.kind = row.kind, .is_locked = row.is_locked, .channels = {}};
    each_value<Channel>([&](std::string_view, Channel channel) {
        const auto own = std::ranges::find_if(changed, [&](const PreferenceChange& change) {
            return change.kind == row.kind && change.channel == channel;
        });
        preference.channels.push_back({channel, own == changed.end() ? row.usual.has(channel) : own->is_enabled});
    });
    return preference;
}

awaitable<PersonSettings> settings_of(Ctx& ctx) {
    std::optional<PersonSettings> own = co_await ctx.tx.find(find_settings, ctx.user());
    co_return own.value_or(
        PersonSettings{.locale = Locale::en, .time_zone = "UTC", .quiet_from = {}, .quiet_until = {}});
}

// Into `settings`, or the faults.
std::vector<FieldError> take_quiet_hours(const QuietHours& hours, PersonSettings& settings) {
    std::vector<FieldError> faults;
    settings.quiet_from = minutes_of(hours.from.value);
    settings.quiet_until = minutes_of(hours.until.value);
    if (!settings.quiet_from) faults.push_back({"/quiet_hours/from", "must be a time of day like 22:00"});
    if (!settings.quiet_until) faults.push_back({"/quiet_hours/until", "must be a time of day like 07:00"});
    return faults;
}

awaitable<void> change_settings(Ctx& ctx, const ChangePreferences& in) {
    if (!in.quiet_hours && !in.has_quiet_hours && !in.time_zone && !in.locale) co_return;
    PersonSettings settings = co_await settings_of(ctx);
    std::vector<FieldError> faults;
    if (in.quiet_hours) faults = take_quiet_hours(*in.quiet_hours, settings);
    if (in.has_quiet_hours == false) settings.quiet_from = settings.quiet_until = std::nullopt;
    if (in.time_zone) {
        const bool is_known = co_await ctx.tx.one(is_time_zone, in.time_zone->value);
        if (!is_known) faults.push_back({"/time_zone", "must be a time zone like Europe/Berlin"});
        settings.time_zone = in.time_zone->value;
    }
    if (!faults.empty()) throw Invalid(std::move(faults));
    co_await ctx.tx.run(save_settings, ctx.user(), in.locale.value_or(settings.locale), settings.time_zone,
                        settings.quiet_from, settings.quiet_until);
}

}  // namespace

awaitable<NotificationPreferences> get_preferences(Ctx& ctx) {
    const std::vector<PreferenceChange> changed = co_await ctx.tx.all(list_preferences, ctx.user());
    const PersonSettings settings = co_await settings_of(ctx);
    const Channels on = available_channels(ctx.services.get<const Settings>());
    NotificationPreferences preferences;
    each_value<Channel>([&](std::string_view, Channel channel) {
        if (on.has(channel)) preferences.available.push_back(channel);
    });
    for (const KindRow& row : kind_table)
        if (ctx.principal && row.shown_to.admits(ctx.principal->role))
            preferences.kinds.push_back(preference_of(row, changed));
    if (settings.quiet_from && settings.quiet_until)
        preferences.quiet_hours = QuietHours{{clock_of(*settings.quiet_from)}, {clock_of(*settings.quiet_until)}};
    preferences.time_zone = settings.time_zone;
    preferences.locale = settings.locale;
    co_return preferences;
}

awaitable<NotificationPreferences> change_preferences(Ctx& ctx, ChangePreferences in) {
    const std::vector<PreferenceChange> changes = in.changes.value_or(std::vector<PreferenceChange>{});
    for (const PreferenceChange& change : changes)
        if (row_of(change.kind).is_locked) throw Fail(Errc::kind_locked);
    co_await change_settings(ctx, in);
    if (!changes.empty()) co_await ctx.tx.run(save_preferences, ctx.user(), changes);
    NotificationPreferences preferences = co_await get_preferences(ctx);
    co_return preferences;
}

}  // namespace liveshop::notify
