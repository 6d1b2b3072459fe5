#include <filesystem>
#include <fstream>

#include "modules/catalog/tests/market.hpp"
#include "platform/cursor.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/storage.hpp"

namespace liveshop::catalog {
namespace {

namespace fs = std::filesystem;

// A red square of 2 x 2 pixels, as PNG.
const std::string red_square =
    from_base64url(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAA"
        "AABJRU5ErkJggg")
        .value();

class StorePictures : public Market {
  protected:
    StorePictures() : store_id(open_store(owner, "mugs")), path("/stores/" + store_id + "/pictures") {
        api.services().add(studio);
        api.services().add(storage);
    }
    ~StorePictures() override {
        studio.join();
        storage.join();
        fs::remove_all(folder);
    }
    http::Response upload(TestUser who, std::string bytes, std::string type = "image/png") {
        return api.call({"POST", path, who, std::move(bytes), "", std::move(type)});
    }

    const fs::path folder = fs::temp_directory_path() / Uuid::make().to_string();
    pictures::Studio studio{1, 2};
    Storage storage{folder};
    const std::string store_id, path;
};

TEST_F(StorePictures, AreKeptAsWebpAndShownByProducts) {
    const http::Response sent = upload(owner, red_square);
    ASSERT_EQ(sent.status, 201) << sent.body;
    EXPECT_EQ(json_of(sent).at("width").as_int64(), 2);
    EXPECT_EQ(json_of(sent).at("height").as_int64(), 2);
    const std::string url(json_of(sent).at("url").as_string());
    ASSERT_TRUE(url.starts_with("/files/" + owner.tenant_id.to_string() + "/")) << url;
    std::ifstream kept(folder / url.substr(7), std::ios::binary);
    std::string head(12, '\0');
    kept.read(head.data(), 12);
    EXPECT_EQ(head.substr(0, 4) + head.substr(8), "RIFFWEBP");

    const http::Response made = api.post(
        "/stores/" + store_id + "/products", owner,
        product_body("Mug", {variant("One", 1, 1)}, fmt::format(R"(, "images": ["/files/b.svg", "{}"])", url)));
    EXPECT_EQ(json_of(made).at("images"), (json::array{"/files/b.svg", url}));
    const http::Response turned =
        api.put("/products/" + id_of(made), owner, fmt::format(R"({{"images": ["{}", "/files/b.svg"]}})", url));
    EXPECT_EQ(json_of(turned).at("images").at(0).as_string(), url) << "in the order in which they were put";
    EXPECT_EQ(
        json_of(api.put("/stores/" + store_id, owner, fmt::format(R"({{"logo_url": "{}"}})", url))).at("logo_url"),
        json::value(url));
}

TEST_F(StorePictures, OnlyPicturesAndOnlyFromItsOwnPeople) {
    EXPECT_EQ(code_of(upload(other_owner, red_square)), "catalog.not_your_store");
    EXPECT_EQ(code_of(upload(customer, red_square)), "forbidden");
    EXPECT_EQ(code_of(upload(owner, "<svg onload='alert(1)'/>", "image/svg+xml")), "not_a_picture");
    EXPECT_EQ(code_of(upload(owner, "<svg onload='alert(1)'/>", "image/png")), "not_a_picture") << "whatever it claims";
    EXPECT_EQ(code_of(upload(owner, red_square.substr(0, 40))), "not_a_picture");
    EXPECT_EQ(code_of(upload(owner, "")), "not_a_picture");
    EXPECT_FALSE(fs::exists(folder));
    hire(store_id, staff);
    EXPECT_EQ(upload(staff, red_square).status, 201);
}

}  // namespace
}  // namespace liveshop::catalog
