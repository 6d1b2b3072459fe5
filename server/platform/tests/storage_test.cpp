#include "platform/storage.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/run.hpp"

namespace liveshop {
namespace {

namespace fs = std::filesystem;

struct StorageTest : testing::Test {
    StorageTest() {
        std::string name = (fs::temp_directory_path() / "liveshop-storage-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("no folder for the test");
        folder = name;
    }
    ~StorageTest() override { fs::remove_all(folder); }

    std::string keep(TenantId tenant, std::string bytes, std::string_view extension = ".webp") {
        return test::run(io, storage().keep(tenant, std::move(bytes), extension));
    }
    Storage& storage() {
        if (!storage_) storage_ = std::make_unique<Storage>(folder);
        return *storage_;
    }
    std::size_t files() const {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) count += entry.is_regular_file();
        return count;
    }
    std::string content_of(const std::string& url) const {
        std::ifstream in(folder / url.substr(std::string_view("/files/").size()), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    fs::path folder;
    boost::asio::io_context io{1};
    const TenantId tenant = TenantId::make(), other_tenant = TenantId::make();

  private:
    std::unique_ptr<Storage> storage_;
};

TEST_F(StorageTest, KeepsBytesOnceUnderTheTenantsFolder) {
    const std::string bytes(100'000, '\0');
    const std::string url = keep(tenant, bytes);
    EXPECT_TRUE(url.starts_with("/files/" + tenant.to_string() + "/")) << url;
    EXPECT_TRUE(url.ends_with(".webp")) << url;
    EXPECT_EQ(content_of(url), bytes);
    EXPECT_EQ(keep(tenant, bytes), url);
    EXPECT_EQ(files(), 1U);
    EXPECT_NE(keep(tenant, "another"), url);
    EXPECT_NE(keep(other_tenant, bytes), url);
    EXPECT_EQ(files(), 3U) << "and nothing unfinished beside them";
}

TEST_F(StorageTest, TakesAwayOnlyWhatIsTheTenantsOwn) {
    const std::string url = keep(tenant, "picture");
    const fs::path outside = folder / "secret.webp";
    std::ofstream(outside) << "secret";
    const auto remove = [&](TenantId who, std::string which) {
        test::run(io, storage().remove(who, std::move(which)));
    };
    remove(other_tenant, url);
    remove(tenant, "/files/" + tenant.to_string() + "/../secret.webp");
    remove(tenant, "/files/" + tenant.to_string() + "/..");
    remove(tenant, "/etc/passwd");
    remove(tenant, "");
    EXPECT_EQ(files(), 2U);
    remove(tenant, url);
    remove(tenant, url);
    EXPECT_EQ(files(), 1U);
}

TEST_F(StorageTest, AFolderThatCannotBeWrittenIsAnError) {
    std::ofstream(folder / tenant.to_string()) << "a file where the tenant's folder should be";
    EXPECT_THROW(keep(tenant, "picture"), std::exception);
    EXPECT_FALSE(keep(other_tenant, "picture").empty());
}

}  // namespace
}  // namespace liveshop
