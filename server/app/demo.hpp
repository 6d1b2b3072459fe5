#pragma once
// What the demo tenant consists of: invented goods of invented stores, and it says so.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/access.hpp"

namespace liveshop::app::demo {

inline constexpr std::string_view tenant_slug = "demo";
inline constexpr std::string_view password = "liveshop-demo";

struct Account {
    std::string_view email, name;
    Role role;
};
inline constexpr std::array accounts{
    Account{"customer@demo.example", "Demo Customer", Role::customer},
    Account{"customer2@demo.example", "Second Demo Customer", Role::customer},
    Account{"store@demo.example", "Demo Store Owner", Role::store_owner},
    Account{"driver@demo.example", "Demo Driver", Role::driver},
    Account{"driver2@demo.example", "Second Demo Driver", Role::driver},
    Account{"admin@demo.example", "Demo Admin", Role::admin},
};

struct Store {
    std::string_view slug, name, category, description, street;
    double lat, lng;
};
inline constexpr std::array stores{
    Store{"demo-ceramics", "Demo Ceramics", "Home", "A demo store: bowls, mugs and vases that were never fired.",
          "1 Demo Street", 52.5206, 13.4098},
    Store{"demo-footwear", "Demo Footwear", "Fashion", "A demo store: shoes that have never been walked in.",
          "2 Demo Street", 52.5163, 13.3777},
    Store{"demo-pantry", "Demo Pantry", "Food", "A demo store: jars and bottles, all of them drawn.", "3 Demo Street",
          52.5074, 13.3904},
};

enum class Picture { mug, bowl, vase, shoe, boot, jar, bottle, box };

struct Product {
    std::string_view store, slug, name, description;
    Picture picture;
    std::string_view colour;    ///< of the drawing
    std::string_view variants;  ///< names, separated by commas
    std::int64_t price_minor;
    std::int64_t stock_quantity;
};
inline constexpr std::array products{
    Product{"demo-ceramics", "mug", "Speckled mug", "Holds 300 ml of whatever you imagine.", Picture::mug, "#c2664a",
            "Clay,Sand,Night", 2400, 40},
    Product{"demo-ceramics", "bowl", "Wide bowl", "For noodles, salad or keys.", Picture::bowl, "#3f7d75", "Standard",
            3200, 25},
    Product{"demo-ceramics", "vase", "Tall vase", "One branch is enough.", Picture::vase, "#8a6bb1", "Small,Large",
            5400, 8},
    Product{"demo-ceramics", "espresso-cup", "Espresso cup", "The last one of its batch.", Picture::mug, "#d79a2b",
            "Standard", 1800, 1},
    Product{"demo-footwear", "runner", "Canvas runner", "Light, flat, drawn in one go.", Picture::shoe, "#2f6fde",
            "38,40,42,44", 8900, 12},
    Product{"demo-footwear", "trainer", "Court trainer", "White soles, no court needed.", Picture::shoe, "#d6455d",
            "38,40,42,44", 9900, 10},
    Product{"demo-footwear", "boot", "Rain boot", "Puddles not included.", Picture::boot, "#d7a21b", "38,40,42", 7400,
            15},
    Product{"demo-pantry", "honey", "Blossom honey", "500 g of gold, drawn.", Picture::jar, "#e0a11b", "500 g", 950,
            60},
    Product{"demo-pantry", "oil", "Olive oil", "First press of the pen.", Picture::bottle, "#7f9a3a", "250 ml,500 ml",
            1450, 30},
    Product{"demo-pantry", "tea", "Evening tea", "Twenty bags in a box.", Picture::box, "#5a7fb0", "Mint,Chamomile",
            790, 45},
};

/// The drawing of a product, as SVG.
std::string draw(const Product& product);

}  // namespace liveshop::app::demo
