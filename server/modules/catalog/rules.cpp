#include "modules/catalog/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace liveshop::catalog {
namespace {

void check_variants(std::vector<FieldError>& faults, std::size_t count) {
    if (count > variants_max)
        faults.push_back({"/variants", fmt::format("a product has at most {} variants", variants_max)});
}

void check_pictures(std::vector<FieldError>& faults, const std::optional<std::vector<PictureUrl>>& images) {
    if (images && images->size() > pictures_max)
        faults.push_back({"/images", fmt::format("a product has at most {} pictures", pictures_max)});
}

}  // namespace

std::vector<FieldError> faults_of(const CreateProduct& in) {
    std::vector<FieldError> faults;
    if (in.variants.empty()) faults.push_back({"/variants", "must name at least one variant"});
    check_variants(faults, in.variants.size());
    check_pictures(faults, in.images);
    return faults;
}

std::vector<FieldError> faults_of(const UpdateProduct& in, std::size_t variants_before) {
    std::vector<FieldError> faults;
    if (in.variants) {
        const auto changed =
            std::ranges::count_if(*in.variants, [](const VariantChange& v) { return v.id.has_value(); });
        const std::size_t added = in.variants->size() - static_cast<std::size_t>(changed);
        check_variants(faults, std::max(in.variants->size(), variants_before + added));
    }
    check_pictures(faults, in.images);
    return faults;
}

}  // namespace liveshop::catalog
