#pragma once
// Store people and a way to look at answers, to test the catalogue and what stands on it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/catalog/routes.hpp"
#include "tests/support/test_api.hpp"

namespace liveshop::catalog {

using test::code_of;
using test::json_of;
using test::TestUser;

class Market : public ::testing::Test {
  protected:
    /// `more`: what a module that stands on this one adds.
    explicit Market(test::TestApi::Parts more = {})
        : api(with(std::move(more))),
          owner(api.make_user(Role::store_owner)),
          staff(api.make_user(Role::store_staff)),
          other_owner(api.make_user(Role::store_owner)),
          customer(api.make_user(Role::customer)),
          admin(api.make_user(Role::admin)) {}

    static test::TestApi::Parts with(test::TestApi::Parts more) {
        test::TestApi::Parts parts{.routes = catalog::routes() + more.routes,
                                   .constraints = catalog::constraints(),
                                   .job_rows = std::move(more.job_rows)};
        parts.constraints.insert(parts.constraints.end(), more.constraints.begin(), more.constraints.end());
        return parts;
    }

    /// `more`: further members, with a comma before each.
    static std::string store_body(std::string_view slug, std::string_view more = "") {
        return fmt::format(
            R"({{"name": "Store {0}", "slug": "{0}", "currency": "EUR", "address": {{"street": "1 Test)"
            R"( Street", "city": "Berlin", "zip": "10178", "country": "DE", "lat": 52.5, "lng": 13.4}}{1}}})",
            slug, more);
    }
    static std::string variant(std::string_view name, std::int64_t price_minor, std::int64_t stock,
                               std::string_view more = "") {
        return fmt::format(R"({{"name": "{}", "price_minor": {}, "stock_quantity": {}{}}})", name, price_minor, stock,
                           more);
    }
    static std::string product_body(std::string_view name, const std::vector<std::string>& variants,
                                    std::string_view more = "") {
        return fmt::format(R"({{"name": "{}", "variants": [{}]{}}})", name, fmt::join(variants, ", "), more);
    }

    /// These answer the id; they add a failure where they are refused. A store that was opened is verified, too.
    std::string open_store(TestUser who, std::string_view slug, std::string_view more = "") {
        const std::string id = open_pending_store(who, slug, more);
        api.sql(
            fmt::format("update stores set verification_status = 'verified', verified_at = now() where id = '{}'", id));
        return id;
    }
    std::string open_pending_store(TestUser who, std::string_view slug, std::string_view more = "") {
        return id_of(api.post("/stores", who, store_body(slug, more)));
    }
    std::string add_product(TestUser who, const std::string& store_id, std::string_view name) {
        return id_of(api.post("/stores/" + store_id + "/products", who, product_body(name, {variant("One", 500, 3)})));
    }
    void hire(const std::string& store_id, TestUser who) {
        api.sql(fmt::format("insert into store_staff (tenant_id, store_id, user_id) values ('{}', '{}', '{}')",
                            who.tenant_id.to_string(), store_id, who.id.to_string()));
    }
    void dismiss(const std::string& store_id, TestUser who) {
        api.sql(fmt::format("delete from store_staff where store_id = '{}' and user_id = '{}'", store_id,
                            who.id.to_string()));
    }

    std::string variant_of(const std::string& product_id) {
        return api.sql(fmt::format("select id from product_variants where product_id = '{}'", product_id));
    }

    http::Response get_as_visitor(std::string path) { return api.call({"GET", std::move(path), std::nullopt, "", ""}); }
    static std::string id_of(const http::Response& response) {
        EXPECT_EQ(response.status, 201) << response.body;
        return response.status == 201 ? std::string(json_of(response).at("id").as_string()) : std::string();
    }
    /// Where the faults of a refused input are.
    static std::vector<std::string> faults_in(const http::Response& response) {
        EXPECT_EQ(code_of(response), "invalid");
        EXPECT_EQ(response.status, 422);
        std::vector<std::string> pointers;
        if (response.status != 422) return pointers;
        for (const json::value& fault : json_of(response).at("errors").as_array())
            pointers.emplace_back(fault.at("pointer").as_string());
        return pointers;
    }
    /// "&cursor=…" for the page that follows, or nothing after the last.
    static std::string next_page(const http::Response& response) {
        const json::value page = json_of(response);
        const json::value* const cursor = page.as_object().if_contains("next_cursor");
        return cursor ? "&cursor=" + std::string(cursor->as_string()) : "";
    }
    /// A member of each item of the list that was answered.
    static std::vector<std::string> each(std::string_view member, std::string_view list,
                                         const http::Response& response) {
        EXPECT_EQ(response.status, 200) << response.body;
        std::vector<std::string> values;
        if (response.status != 200) return values;
        for (const json::value& item : json_of(response).at(list).as_array())
            values.emplace_back(item.at(member).as_string());
        return values;
    }

    test::TestApi api;
    TestUser owner, staff, other_owner, customer, admin;
};

}  // namespace liveshop::catalog
