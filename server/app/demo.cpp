#include "app/demo.hpp"

#include <fmt/format.h>

namespace liveshop::app::demo {
namespace {

// Paths on a square of 400; the fill is the product's colour.
std::string_view outline(Picture picture) {
    switch (picture) {
        case Picture::mug:
            return "M110 140h150v130a40 40 0 0 1-40 40h-70a40 40 0 0 1-40-40z M260 165h22a38 38 0 0 1 38 38v10a38 38 0 "
                   "0 1-38 38h-22v-24h20a16 "
                   "16 0 0 0 16-16v-6a16 16 0 0 0-16-16h-20z";
        case Picture::bowl:
            return "M80 180h240c0 66-44 112-86 120v16h-68v-16c-42-8-86-54-86-120z";
        case Picture::vase:
            return "M175 90h50v60c44 26 62 62 62 102 0 40-26 68-52 78h-70c-26-10-52-38-52-78 0-40 18-76 62-102z";
        case Picture::shoe:
            return "M70 190c30 14 56 4 74-26l26 8c20 40 56 62 118 72 34 6 46 18 46 40v10H66v-60c0-18 0-30 4-44z";
        case Picture::boot:
            return "M130 80h90v140c6 18 30 26 66 32 30 6 42 22 42 46v12H130z";
        case Picture::jar:
            return "M130 150h140c18 14 24 30 24 52v84c0 18-12 30-30 30H136c-18 0-30-12-30-30v-84c0-22 6-38 24-52z M134 "
                   "104h132v32H134z";
        case Picture::bottle:
            return "M180 70h40v74c30 18 46 40 46 74v86c0 14-10 24-24 24h-84c-14 0-24-10-24-24v-86c0-34 16-56 46-74z";
        case Picture::box:
            break;
    }
    return "M110 120l90-36 90 36v160l-90 40-90-40z";
}

}  // namespace

std::string draw(const Product& product) {
    return fmt::format(
        R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" aria-label="{name} (drawing)">
<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#f6f1ea"/><stop offset="1" stop-color="#e3d9cc"/></linearGradient></defs>
<rect width="400" height="400" fill="url(#g)"/>
<ellipse cx="200" cy="326" rx="128" ry="18" fill="#000" opacity=".12"/>
<path d="{path}" fill="{colour}" fill-rule="evenodd"/>
<path d="{path}" fill="#fff" fill-rule="evenodd" opacity=".14" transform="translate(-10 -8) scale(.98)"/>
<text x="384" y="384" text-anchor="end" font-family="sans-serif" font-size="15" fill="#7b6f62">demo</text>
</svg>
)svg",
        fmt::arg("name", product.name), fmt::arg("path", outline(product.picture)), fmt::arg("colour", product.colour));
}

}  // namespace liveshop::app::demo
