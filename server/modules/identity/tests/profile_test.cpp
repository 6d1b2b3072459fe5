// One's own account: what it says, its picture, its addresses, its devices.
#include "modules/identity/tests/people.hpp"

namespace liveshop::identity {
namespace {

class MyAccount : public test::People {
  protected:
    http::Response put_avatar(std::string bytes, std::string type = "image/png") {
        return put_picture("/me/avatar", user, std::move(bytes), std::move(type));
    }
    std::string avatar_url() {
        const json::value me = json_of(api.get("/me", user));
        const json::value* url = me.as_object().if_contains("avatar_url");
        return url ? json::value_to<std::string>(*url) : "";
    }
    std::filesystem::path file_of(const std::string& url) const {
        return public_folder.path() / url.substr(std::string_view("/files/").size());
    }
    std::string address(std::string_view label, std::string_view more = "") {
        return fmt::format(R"({{"label":"{}","street":"1 Way","city":"Berlin","zip":"10115","country":"de",)"
                           R"("lat":52.5,"lng":13.4{}}})",
                           label, more);
    }
    std::string add(std::string_view label, std::string_view more = "") {
        const http::Response response = api.post("/me/addresses", user, address(label, more));
        EXPECT_EQ(response.status, 201) << response.body;
        return json::value_to<std::string>(json_of(response).at("id"));
    }
    /// "Home* Work": the default has a star.
    std::string labels() {
        std::string text;
        for (const json::value& each : json_of(api.get("/me/addresses", user)).at("addresses").as_array())
            text += fmt::format("{}{}{}", text.empty() ? "" : " ", std::string_view(each.at("label").as_string()),
                                each.at("is_default").as_bool() ? "*" : "");
        return text;
    }

    const test::TestUser user = register_as("customer");
};

TEST_F(MyAccount, ChangesWhatIsNamedAndNothingElse) {
    const http::Response response =
        api.put("/me", user, R"({"phone":"+49 30 123456","locale":"de-DE","preferences":{"theme":"dark"}})");
    ASSERT_EQ(response.status, 200) << response.body;
    json::value me = json_of(api.get("/me", user));
    EXPECT_EQ(me.at("name"), "Some Body");
    EXPECT_EQ(me.at("phone"), "+4930123456");
    EXPECT_EQ(me.at("locale"), "de-DE");
    EXPECT_EQ(me.at("preferences").at("theme"), "dark");
    api.put("/me", user, R"({"name":"Changed","phone":""})");
    me = json_of(api.get("/me", user));
    EXPECT_EQ(me.at("name"), "Changed");
    EXPECT_FALSE(me.as_object().contains("phone"));
    EXPECT_EQ(me.at("locale"), "de-DE");
    EXPECT_EQ(me.at("preferences").at("theme"), "dark");
}

TEST_F(MyAccount, WhatIsNoNumberNoLanguageOrNoThemeIsNamed) {
    for (const auto& [body, pointer] :
         {std::pair(R"({"phone":"123"})", "/phone"), std::pair(R"({"locale":"german"})", "/locale"),
          std::pair(R"({"preferences":{"theme":"pink"}})", "/preferences/theme"), std::pair(R"({"name":""})", "/name"),
          std::pair(R"({"role":"admin"})", "/role"), std::pair(R"({"status":"active"})", "/status")}) {
        const http::Response response = api.put("/me", user, body);
        ASSERT_EQ(response.status, 422) << body;
        EXPECT_EQ(json_of(response).at("errors").at(0).at("pointer"), pointer);
    }
    EXPECT_EQ(api.call({"PUT", "/me", std::nullopt, R"({"name":"X"})", ""}).status, 401);
}

TEST_F(MyAccount, APictureIsMadeAnewAndReplacesTheOldOne) {
    ASSERT_EQ(put_avatar(test::red_picture).status, 200);
    const std::string red = avatar_url();
    EXPECT_TRUE(red.starts_with("/files/" + api.tenant_id().to_string() + "/") && red.ends_with(".webp")) << red;
    EXPECT_TRUE(std::filesystem::exists(file_of(red)));
    EXPECT_EQ(put_avatar(test::blue_picture).status, 200);
    EXPECT_NE(avatar_url(), red);
    EXPECT_TRUE(std::filesystem::exists(file_of(red))) << "until the commit is through";
    api.run_jobs();
    EXPECT_FALSE(std::filesystem::exists(file_of(red)));
    EXPECT_TRUE(std::filesystem::exists(file_of(avatar_url())));
    EXPECT_EQ(api.del("/me/avatar", user).status, 200);
    EXPECT_EQ(avatar_url(), "");
    api.run_jobs();
    EXPECT_EQ(public_folder.files(), 0U);
    EXPECT_EQ(json_of(api.get("/me", user)).at("name"), "Some Body");
}

TEST_F(MyAccount, APictureThatOthersShowStays) {
    const test::TestUser other = api.make_user(Role::customer);
    put_picture("/me/avatar", other, test::red_picture);
    put_avatar(test::red_picture);
    const std::string shared = avatar_url();
    put_avatar(test::blue_picture);
    api.run_jobs();
    EXPECT_TRUE(std::filesystem::exists(file_of(shared)));
}

TEST_F(MyAccount, WhatIsNoPictureIsRefused) {
    EXPECT_EQ(outcome(put_avatar("\x89PNG but no more")), "422 identity.picture_unreadable");
    EXPECT_EQ(outcome(put_avatar(test::red_picture, "image/svg+xml")), "415 not_a_picture");
    EXPECT_EQ(outcome(put_avatar(std::string(9 << 20, 'x'))), "413 too_large");
    EXPECT_EQ(api.call({"PUT", "/me/avatar", std::nullopt, test::red_picture, "", "image/png"}).status, 401);
    EXPECT_EQ(public_folder.files(), 0U);
}

TEST_F(MyAccount, TheFirstAddressIsTheDefaultUntilAnotherBecomesIt) {
    const std::string home = add("Home");
    EXPECT_EQ(labels(), "Home*");
    const std::string work = add("Work");
    EXPECT_EQ(labels(), "Home* Work");
    add("Garden", R"(,"is_default":true,"state":"BE")");
    EXPECT_EQ(labels(), "Garden* Home Work");
    EXPECT_EQ(api.put("/me/addresses/" + work, user, R"({"is_default":true,"label":"Office"})").status, 200);
    EXPECT_EQ(labels(), "Office* Home Garden");
    EXPECT_EQ(api.del("/me/addresses/" + work, user).status, 204);
    EXPECT_EQ(labels(), "Garden* Home") << "the newest one takes its place";
    EXPECT_EQ(api.del("/me/addresses/" + home, user).status, 204);
    EXPECT_EQ(labels(), "Garden*");
}

TEST_F(MyAccount, AnAddressKeepsWhatIsNotNamed) {
    const std::string id = add("Home", R"(,"state":"BE")");
    const http::Response response =
        api.put("/me/addresses/" + id, user, R"({"street":"2 Way","country":"at","state":"","lat":48.2,"lng":16.4})");
    ASSERT_EQ(response.status, 200) << response.body;
    const json::value changed = json_of(response);
    EXPECT_EQ(changed.at("street"), "2 Way");
    EXPECT_EQ(changed.at("city"), "Berlin");
    EXPECT_EQ(changed.at("country"), "AT");
    EXPECT_EQ(changed.at("lat"), 48.2);
    EXPECT_FALSE(changed.as_object().contains("state"));
}

TEST_F(MyAccount, WrongAddressesAreRefused) {
    EXPECT_EQ(outcome(api.post("/me/addresses", user, R"({"label":"Home"})")), "422 invalid");
    std::string wrong = address("Home");
    wrong.replace(wrong.find("\"de\""), 4, "\"d1\"");
    EXPECT_EQ(outcome(api.post("/me/addresses", user, wrong)), "422 invalid");
    for (int i = 0; i < 20; ++i) add(std::to_string(i));
    EXPECT_EQ(outcome(api.post("/me/addresses", user, address("One more"))), "409 identity.too_many_addresses");
}

TEST_F(MyAccount, AddressesOfOthersAreNotThere) {
    const std::string id = add("Home");
    const test::TestUser other = api.make_user(Role::customer);
    EXPECT_EQ(json_of(api.get("/me/addresses", other)).at("addresses").as_array().size(), 0U);
    EXPECT_EQ(outcome(api.put("/me/addresses/" + id, other, R"({"label":"Mine"})")), "404 not_found");
    EXPECT_EQ(outcome(api.del("/me/addresses/" + id, other)), "404 not_found");
    EXPECT_EQ(outcome(api.call({"GET", "/me/addresses", std::nullopt, "", ""})), "401 unauthenticated");
    EXPECT_EQ(labels(), "Home*");
}

TEST_F(MyAccount, OfAddressesMadeDefaultAtOnceOneIs) {
    std::vector<test::TestCall> calls;
    for (int i = 0; i < 6; ++i)
        calls.push_back({"POST", "/me/addresses", user, address(std::to_string(i), R"(,"is_default":true)"), ""});
    for (const http::Response& response : api.call_all(std::move(calls))) EXPECT_EQ(response.status, 201);
    EXPECT_EQ(api.sql("select count(*) from addresses where is_default"), "1");
}

TEST_F(MyAccount, DevicesAreListedAndSignedOutOneByOne) {
    const std::string here = refresh_token;
    const http::Response elsewhere =
        post("/auth/login", R"({"email":"somebody@demo.example","password":"a long password","client":"native"})");
    const std::string there = json::value_to<std::string>(json_of(elsewhere).at("refresh_token"));
    const json::array sessions = json_of(api.get("/me/sessions", user)).at("sessions").as_array();
    ASSERT_EQ(sessions.size(), 2U);
    std::string other;
    for (const json::value& session : sessions)
        if (!session.at("is_current").as_bool()) other = json::value_to<std::string>(session.at("id"));
    EXPECT_NE(other, user.session->to_string());
    EXPECT_EQ(outcome(api.del("/me/sessions/" + other, api.make_user(Role::customer))), "404 not_found");
    EXPECT_EQ(api.del("/me/sessions/" + other, user).status, 204);
    EXPECT_EQ(outcome(api.del("/me/sessions/" + other, user)), "404 not_found");
    EXPECT_FALSE(is_signed_in(there));
    EXPECT_TRUE(is_signed_in(here));
    EXPECT_EQ(json_of(api.get("/me/sessions", user)).at("sessions").as_array().size(), 1U);
}

TEST_F(MyAccount, SignsOutEverywhere) {
    const std::string here = refresh_token;
    const http::Response response = api.del("/me/sessions", user);
    EXPECT_EQ(response.status, 204);
    EXPECT_NE(std::ranges::find(response.headers, "Set-Cookie", &http::Header::name), response.headers.end());
    EXPECT_FALSE(is_signed_in(here));
}

TEST_F(MyAccount, AChangedPasswordSignsTheOtherDevicesOut) {
    const std::string here = refresh_token;
    const std::string there = json::value_to<std::string>(
        json_of(
            post("/auth/login", R"({"email":"somebody@demo.example","password":"a long password","client":"native"})"))
            .at("refresh_token"));
    EXPECT_EQ(outcome(api.put("/me/password", user, R"({"current_password":"wrong","password":"another password"})")),
              "403 identity.wrong_password");
    EXPECT_TRUE(is_signed_in(there));
    EXPECT_EQ(
        api.put("/me/password", user, R"({"current_password":"a long password","password":"another password"})").status,
        204);
    EXPECT_FALSE(is_signed_in(there));
    EXPECT_TRUE(is_signed_in(here));
    EXPECT_EQ(sign_in("somebody@demo.example", "another password"), "200");
    api.run_jobs();
    EXPECT_THAT(test::facts(), testing::Contains("password_changed " + user.id.to_string()));
}

}  // namespace
}  // namespace liveshop::identity
