#include "platform/pictures/pictures.hpp"

#include <gtest/gtest.h>

#include <vips/vips8>

#include "tests/support/run.hpp"

namespace liveshop::pictures {
namespace {

using vips::VImage;

struct Pictures : testing::Test {
    boost::asio::io_context io{1};
    Studio studio{1, 2};

    std::expected<Picture, Fault> develop(std::string upload, int edge_px_max = 400) {
        return test::run(io, studio.develop(std::move(upload), edge_px_max));
    }
    static VImage read(const std::string& bytes) { return VImage::new_from_buffer(bytes.data(), bytes.size(), ""); }
};

// Red on the left, blue on the right.
VImage two_halves(int width, int height) {
    const VImage red = VImage::black(width / 2, height).new_from_image({220, 20, 20});
    const VImage blue = VImage::black(width - width / 2, height).new_from_image({20, 20, 220});
    return red.join(blue, VIPS_DIRECTION_HORIZONTAL)
        .cast(VIPS_FORMAT_UCHAR)
        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

std::string written(const VImage& image, const char* suffix) {
    void* data = nullptr;
    std::size_t size = 0;
    image.write_to_buffer(suffix, &data, &size);
    std::string bytes(static_cast<const char*>(data), size);
    g_free(data);
    return bytes;
}

TEST_F(Pictures, EveryAcceptedFormatBecomesASmallerWebp) {
    for (const char* suffix : {".jpg", ".png", ".webp"}) {
        const auto picture = develop(written(two_halves(1'000, 500), suffix));
        ASSERT_TRUE(picture) << suffix;
        EXPECT_EQ(picture->width, 400) << suffix;
        EXPECT_EQ(picture->height, 200) << suffix;
        EXPECT_EQ(picture->webp.substr(0, 4), "RIFF");
        EXPECT_EQ(picture->webp.substr(8, 4), "WEBP");
        const std::vector<double> left = read(picture->webp).getpoint(50, 100);
        EXPECT_GT(left[0], 150) << suffix;
        EXPECT_LT(left[2], 90) << suffix;
    }
}

TEST_F(Pictures, ASmallOneIsNotBlownUp) {
    const auto picture = develop(written(two_halves(40, 30), ".png"));
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->width, 40);
    EXPECT_EQ(picture->height, 30);
}

// Orientation 6: the camera was held upright, so what is left in the file is the top of the scene.
TEST_F(Pictures, APhotoIsUprightAndSaysNothingOfItsPlace) {
    VImage photo = two_halves(200, 100).copy();
    photo.set("orientation", 6);
    photo.set("exif-ifd3-GPSLatitude", "40/1 6/1 0/1 (40, 6, 0, Rational, 3 components, 24 bytes)");
    photo.set("exif-ifd0-Make", "Camera maker (Camera maker, ASCII, 13 components, 13 bytes)");
    const std::string jpeg = written(photo, ".jpg");
    ASSERT_NE(read(jpeg).get_typeof("exif-ifd3-GPSLatitude"), 0U) << "the test's own photo says where it was taken";
    ASSERT_NE(jpeg.find("Camera maker"), jpeg.npos);
    const auto picture = develop(jpeg);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->width, 100);
    EXPECT_EQ(picture->height, 200);
    const VImage out = read(picture->webp);
    EXPECT_GT(out.getpoint(50, 20)[0], 150) << "red is at the top";
    EXPECT_GT(out.getpoint(50, 180)[2], 150) << "blue is at the bottom";
    EXPECT_EQ(out.get_typeof("exif-ifd3-GPSLatitude"), 0U);
    EXPECT_EQ(picture->webp.find("Camera maker"), picture->webp.npos);
    EXPECT_EQ(out.get_typeof("xmp-data"), 0U);
}

TEST_F(Pictures, WhatIsNoPictureIsRefused) {
    const std::string jpeg = written(two_halves(300, 300), ".jpg");
    for (const std::string& upload :
         {std::string(), std::string("hello"), std::string("GIF89a\1\0\1\0\0\0\0;", 14), jpeg.substr(0, 20),
          std::string("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), std::string("%PDF-1.4\n"),
          std::string(1'000, '\0')}) {
        const auto picture = develop(upload);
        ASSERT_FALSE(picture) << upload.substr(0, 10);
        EXPECT_EQ(picture.error(), Fault::unreadable);
    }
    EXPECT_TRUE(develop(jpeg)) << "after all those the studio works on";
}

// 60,000 x 60,000 white pixels fit into 14 MB of PNG; the header alone is enough to refuse them.
TEST_F(Pictures, AFileThatClaimsTooManyPixelsIsNotDecoded) {
    std::string png = written(VImage::black(10, 10), ".png");
    const auto put = [&png](std::size_t at, std::uint32_t value) {
        for (std::size_t i = 0; i < 4; ++i) png[at + i] = static_cast<char>(value >> (24 - 8 * i));
    };
    put(16, 60'000);
    put(20, 60'000);
    std::uint32_t crc = ~0U;  // PNG 5.3: CRC-32 over type and data of the chunk
    for (std::size_t i = 12; i < 29; ++i) {
        crc ^= static_cast<unsigned char>(png[i]);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
    }
    put(29, ~crc);
    const auto picture = develop(png);
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error(), Fault::too_many_pixels);
}

TEST_F(Pictures, MoreThanItCanHoldIsRefusedAtOnce) {
    const std::string upload = written(two_halves(2'000, 2'000), ".png");
    int done = 0, refused = 0;
    for (int i = 0; i < 6; ++i)
        boost::asio::co_spawn(io, studio.develop(upload, 400), [&](std::exception_ptr error, auto picture) {
            ++(error ? refused : done);
            if (!error) EXPECT_TRUE(picture);
        });
    io.run();
    EXPECT_EQ(done, 2);
    EXPECT_EQ(refused, 4);
}

}  // namespace
}  // namespace liveshop::pictures
