#include "app/files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "platform/redis/tests/redis_server.hpp"

namespace liveshop::app {
namespace {

namespace fs = std::filesystem;

class FilesTest : public testing::Test {
  protected:
    FilesTest() {
        fs::create_directories(root);
        write(outside.path() / "secret.png", "secret");
        write(root / "a.png", "picture");
    }
    static void write(const fs::path& file, std::string_view bytes) {
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    int status(std::string_view path) const { return serve_file(root, path).status; }

    test::TemporaryFolder outside;
    fs::path root = outside.path() / "storage";
};

std::string_view header(const http::Response& response, std::string_view name) {
    for (const http::Header& header : response.headers)
        if (header.name == name) return header.value;
    return {};
}

TEST_F(FilesTest, AFileIsSentToTheByteAndKeptFromRunning) {
    const std::string bytes("\x89PNG\0\r\n\xff", 9);
    write(root / "demo" / "some-picture_1.png", bytes);
    const http::Response response = serve_file(root, "demo/some-picture_1.png");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "image/png");
    EXPECT_EQ(response.body, bytes);
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=86400");
    EXPECT_EQ(header(response, "Content-Security-Policy"), "default-src 'none'; style-src 'unsafe-inline'; sandbox");
}

TEST_F(FilesTest, TheTypeIsOfTheNameAndOnlyPicturesAreShown) {
    for (const auto& [name, type] : std::map<std::string, std::string>{{"a.svg", "image/svg+xml"},
                                                                       {"a.png", "image/png"},
                                                                       {"a.jpg", "image/jpeg"},
                                                                       {"a.jpeg", "image/jpeg"},
                                                                       {"a.webp", "image/webp"},
                                                                       {"a.avif", "image/avif"},
                                                                       {"a.html.png", "image/png"}}) {
        write(root / name, "<script>");
        EXPECT_EQ(serve_file(root, name).content_type, type) << name;
    }
    for (const std::string name : {"a.html", "a.js", "a.txt", "a.png.html", "a", "a.PNG", "png", "a."}) {
        write(root / name, "<script>");
        EXPECT_EQ(status(name), 404) << name;
    }
}

TEST_F(FilesTest, NoNameLeadsOutOfTheFolder) {
    ASSERT_EQ(status("a.png"), 200);
    for (const std::string_view path : {"../secret.png",
                                        "..",
                                        "./../secret.png",
                                        "demo/../../secret.png",
                                        "%2e%2e/secret.png",
                                        "..%2fsecret.png",
                                        "%2e%2e%2fsecret.png",
                                        "..\\secret.png",
                                        "/etc/passwd",
                                        "//etc/passwd",
                                        "",
                                        "/",
                                        ".",
                                        "./a.png",
                                        "demo//a.png",
                                        ".hidden.png",
                                        "demo/.hidden.png",
                                        "a.png/",
                                        "a.png/.",
                                        "a b.png",
                                        "a.png?x",
                                        "\xc3\xa9.png"})
        EXPECT_EQ(status(path), 404) << path;
    EXPECT_EQ(status((outside.path() / "secret.png").string()), 404) << "an absolute path";
    EXPECT_EQ(status(std::string_view("a.png\0.png", 10)), 404) << "a zero byte";
    EXPECT_EQ(status(std::string_view("../secret.png\0", 14)), 404);
    EXPECT_EQ(status(std::string(10'000, 'a') + ".png"), 404);
}

TEST_F(FilesTest, NoLinkLeadsOutOfTheFolder) {
    fs::create_symlink(outside.path() / "secret.png", root / "file.png");
    fs::create_directory_symlink(outside.path(), root / "folder");
    fs::create_symlink("file.png", root / "twice.png");
    fs::create_symlink("loop.png", root / "loop.png");
    EXPECT_EQ(status("file.png"), 404);
    EXPECT_EQ(status("folder/secret.png"), 404);
    EXPECT_EQ(status("twice.png"), 404);
    EXPECT_EQ(status("loop.png"), 404);

    const fs::path beside = outside.path() / "storage-of-others";
    write(beside / "b.png", "theirs");
    fs::create_symlink(beside / "b.png", root / "beside.png");
    EXPECT_EQ(status("beside.png"), 404) << "a folder whose name begins like ours";

    fs::create_symlink("a.png", root / "within.png");
    EXPECT_EQ(status("within.png"), 200);
    fs::create_directory_symlink(root, outside.path() / "link-to-storage");
    EXPECT_EQ(serve_file(outside.path() / "link-to-storage", "a.png").status, 200) << "the folder itself may be a link";
}

TEST_F(FilesTest, OnlyFilesOfAFairSizeAreSent) {
    EXPECT_EQ(status("missing.png"), 404);
    EXPECT_EQ(serve_file(root / "missing", "a.png").status, 404);
    fs::create_directories(root / "folder.png");
    EXPECT_EQ(status("folder.png"), 404);
    ASSERT_EQ(::mkfifo((root / "pipe.png").c_str(), 0600), 0);
    EXPECT_EQ(status("pipe.png"), 404) << "would wait for a writer";

    write(root / "empty.png", "");
    EXPECT_EQ(status("empty.png"), 200);
    const std::uintmax_t limit = 8 * 1024 * 1024;
    fs::resize_file(root / "empty.png", limit);
    EXPECT_EQ(serve_file(root, "empty.png").body.size(), limit);
    fs::resize_file(root / "empty.png", limit + 1);
    EXPECT_EQ(status("empty.png"), 404) << "a whole file is held in memory, so it may not be large";
}

TEST_F(FilesTest, WhatIsNotFoundIsAProblemThatNamesNoPath) {
    const http::Response response = serve_file(root, "missing.png");
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_NE(response.body.find("not_found"), std::string::npos);
    EXPECT_EQ(response.body.find(root.string()), std::string::npos);
}

}  // namespace
}  // namespace liveshop::app
