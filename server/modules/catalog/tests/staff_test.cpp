// Who works at a store, from the invitation to the end.
#include "modules/catalog/tests/market.hpp"
#include "modules/catalog/types.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

awaitable<void> hear(Ctx&, InvitationFact) { co_return; }

class Staff : public Market {
  protected:
    Staff()
        : Market({.routes = {},
                  .constraints = {},
                  .job_rows = {jobs::subscriber<hear>("test.invited", "catalog.staff_invited")}}),
          store_id(open_store(owner, "mugs")),
          path("/stores/" + store_id + "/staff") {}

    std::string email_of(TestUser who) {
        return api.sql("select email from users where id = '" + who.id.to_string() + "'");
    }
    std::string role_of(TestUser who) {
        return api.sql("select role from users where id = '" + who.id.to_string() + "'");
    }
    http::Response invite(TestUser inviter, std::string_view email) {
        return api.post(path, inviter, fmt::format(R"({{"email": "{}"}})", email));
    }
    std::string code_for(TestUser who) {
        const http::Response invited = invite(owner, email_of(who));
        EXPECT_EQ(invited.status, 201) << invited.body;
        return std::string(json_of(invited).at("code").as_string());
    }
    http::Response accept(TestUser who, std::string_view code) {
        return api.post("/staff-invitations/accept", who, fmt::format(R"({{"code": "{}"}})", code));
    }
    static TestUser as(TestUser who, Role role) { return {who.tenant_id, who.id, role}; }

    const std::string store_id, path;
};

TEST_F(Staff, AnInvitedCustomerBecomesStaffUntilRemoved) {
    const std::string code = code_for(customer);
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'test.invited'"), "1");
    EXPECT_EQ(api.sql("select count(*) from staff_invitations where code_hash::text like '%" + code + "%'"), "0");
    EXPECT_THAT(each("email", "invitations", api.get(path, owner)), ElementsAre(email_of(customer)));
    EXPECT_THAT(each("email", "staff", api.get(path, owner)), IsEmpty());

    const http::Response accepted = accept(customer, code);
    ASSERT_EQ(accepted.status, 200) << accepted.body;
    EXPECT_EQ(json_of(accepted).at("id").as_string(), store_id);
    EXPECT_EQ(role_of(customer), "store_staff");
    EXPECT_THAT(each("user_id", "staff", api.get(path, owner)), ElementsAre(customer.id.to_string()));
    EXPECT_THAT(each("id", "invitations", api.get(path, owner)), IsEmpty());
    const TestUser now_staff = as(customer, Role::store_staff);
    EXPECT_EQ(api.put("/stores/" + store_id, now_staff, R"({"description": "By staff"})").status, 200);

    const std::string member_path = path + "/" + customer.id.to_string();
    EXPECT_EQ(api.del(member_path, owner).status, 204);
    EXPECT_EQ(code_of(api.del(member_path, owner)), "catalog.staff_not_found");
    EXPECT_EQ(role_of(customer), "customer");
    EXPECT_EQ(code_of(api.put("/stores/" + store_id, now_staff, R"({"description": "x"})")), "catalog.not_your_store")
        << "at once, whatever the token still says";
}

TEST_F(Staff, StaffRunTheStoreButNotItsPeople) {
    hire(store_id, staff);
    EXPECT_EQ(api.put("/stores/" + store_id, staff, R"({"preparation_time_s": 60})").status, 200);
    EXPECT_EQ(code_of(api.get(path, staff)), "catalog.owner_only");
    EXPECT_EQ(code_of(invite(staff, "friend@test.example")), "catalog.owner_only");
    EXPECT_EQ(code_of(api.del(path + "/" + staff.id.to_string(), staff)), "catalog.owner_only");
    EXPECT_EQ(code_of(api.del(path + "/invitations/" + Uuid::make().to_string(), staff)), "catalog.owner_only");
    EXPECT_EQ(code_of(api.get(path, other_owner)), "catalog.not_your_store");
    EXPECT_EQ(code_of(invite(customer, "friend@test.example")), "forbidden");
    EXPECT_EQ(api.get(path, admin).status, 200);
}

TEST_F(Staff, AnInvitationIsForOneAddressAndOneTime) {
    const TestUser friend_ = api.make_user(Role::customer);
    const std::string code = code_for(customer);
    EXPECT_EQ(code_of(accept(friend_, code)), "catalog.invitation_not_yours");
    EXPECT_EQ(code_of(accept(customer, "wrong")), "catalog.invitation_not_found");
    EXPECT_EQ(accept(customer, code).status, 200);
    EXPECT_EQ(code_of(accept(customer, code)), "catalog.invitation_not_found") << "used";
    EXPECT_EQ(code_of(invite(owner, email_of(customer))), "catalog.already_staff");
    EXPECT_EQ(code_of(invite(owner, email_of(owner))), "catalog.already_staff");

    const std::string first = code_for(friend_), second = code_for(friend_);
    EXPECT_EQ(code_of(accept(friend_, first)), "catalog.invitation_not_found") << "a newer one was sent";
    api.sql("update staff_invitations set expires_at = now() - interval '1 second'");
    EXPECT_EQ(code_of(accept(friend_, second)), "catalog.invitation_not_found") << "too old";
    EXPECT_THAT(each("id", "invitations", api.get(path, owner)), IsEmpty());
    const TestUser elsewhere = api.make_user(Role::customer, api.make_tenant("other"));
    EXPECT_EQ(code_of(accept(elsewhere, code_for(friend_))), "catalog.invitation_not_found");
}

TEST_F(Staff, AnInvitationIsTakenBack) {
    const std::string code = code_for(customer);
    const std::string id = each("id", "invitations", api.get(path, owner)).front();
    EXPECT_EQ(api.del(path + "/invitations/" + id, owner).status, 204);
    EXPECT_EQ(code_of(api.del(path + "/invitations/" + id, owner)), "catalog.invitation_not_found");
    EXPECT_EQ(code_of(accept(customer, code)), "catalog.invitation_not_found");
}

TEST_F(Staff, DriversAndAdministratorsDoNotWorkAtStoresOwnersMay) {
    const TestUser driver = api.make_user(Role::driver);
    EXPECT_EQ(code_of(accept(driver, code_for(driver))), "catalog.role_unfit");
    EXPECT_EQ(code_of(accept(admin, code_for(admin))), "catalog.role_unfit");
    EXPECT_EQ(accept(other_owner, code_for(other_owner)).status, 200);
    EXPECT_EQ(role_of(other_owner), "store_owner");
    EXPECT_EQ(api.del(path + "/" + other_owner.id.to_string(), owner).status, 204);
    EXPECT_EQ(role_of(other_owner), "store_owner");
}

TEST_F(Staff, OfTwoWhoAcceptAtOnceOneIsCounted) {
    const std::string code = code_for(customer);
    std::vector<test::TestCall> calls(
        3, {"POST", "/staff-invitations/accept", customer, fmt::format(R"({{"code": "{}"}})", code), ""});
    int accepted = 0;
    for (const http::Response& response : api.call_all(std::move(calls))) accepted += response.status == 200;
    EXPECT_EQ(accepted, 1);
    EXPECT_EQ(api.sql("select count(*) from store_staff"), "1");
}

TEST_F(Staff, WhoWorksAtAnotherStoreStaysStaff) {
    const std::string other_store = open_store(other_owner, "bowls");
    EXPECT_EQ(accept(customer, code_for(customer)).status, 200);
    hire(other_store, customer);
    EXPECT_EQ(api.del(path + "/" + customer.id.to_string(), owner).status, 204);
    EXPECT_EQ(role_of(customer), "store_staff");
}

}  // namespace
}  // namespace liveshop::catalog
