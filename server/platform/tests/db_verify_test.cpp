#include <gmock/gmock.h>

#include "platform/db/session_queries.hpp"
#include "platform/db/verify.hpp"
#include "platform/tests/db_notes.hpp"

namespace liveshop::db {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class VerifyTest : public NotesTest {
  protected:
    std::vector<std::string> complaints(const QueryInfo& query) { return verify(database.superuser_dsn(), {&query}); }
    // Of a query that answers one column.
    template <class T>
    std::vector<std::string> complaints_of(const std::string& sql) {
        return complaints(Query<T()>::describe("test.query", sql));
    }
    template <class T>
    std::vector<std::string> complaints_of_argument(const std::string& sql) {
        return complaints(Query<void(T)>::describe("test.query", sql));
    }
};

TEST_F(VerifyTest, WhatFitsIsNotComplainedAbout) {
    EXPECT_THAT(complaints(find_note.info()), IsEmpty());
    EXPECT_THAT(complaints(insert_note.info()), IsEmpty());
    EXPECT_THAT(complaints(begin_transaction.info()), IsEmpty());
    EXPECT_THAT(complaints(set_tenant.info()), IsEmpty());
    EXPECT_THAT(complaints_of<Email>("select 'a@b.c'::citext"), IsEmpty());
    EXPECT_THAT(complaints_of<std::int64_t>("select 1::smallint"), IsEmpty());
    EXPECT_THAT((complaints_of<Int<1, 9>>("select 1::bigint")), IsEmpty());
    EXPECT_THAT(complaints_of<double>("select 1::numeric"), IsEmpty());
    EXPECT_THAT(complaints_of<std::vector<int>>("select '[1]'::jsonb"), IsEmpty());
    EXPECT_THAT(complaints_of<Array<int>>("select '{1}'::int[]"), IsEmpty());
    EXPECT_THAT(complaints_of<Bytes>("select ''::bytea"), IsEmpty());
    EXPECT_THAT((complaints_of_argument<Int<1, 99>>("select from notes where weight = $1")), IsEmpty());
    EXPECT_THAT(complaints_of_argument<Array<Id<Note>>>("select from notes where id = any($1)"), IsEmpty());
}

TEST_F(VerifyTest, ThePlatformsOwnQueriesFitItsSchema) {
    std::vector<const QueryInfo*> own;
    for (const QueryInfo* query : registered_queries())
        if (query->name.starts_with("db.") || query->name.starts_with("platform.")) own.push_back(query);
    EXPECT_GE(own.size(), 5u);
    EXPECT_THAT(verify(database.superuser_dsn(), own), IsEmpty());
}

TEST_F(VerifyTest, SqlThatTheServerRefuses) {
    EXPECT_THAT(complaints_of<int>("select nothing from notes"),
                ElementsAre(HasSubstr("column \"nothing\" does not exist")));
    EXPECT_THAT(complaints_of<int>("selekt 1"), ElementsAre(HasSubstr("syntax error")));
}

TEST_F(VerifyTest, ColumnsThatDiffer) {
    const QueryInfo renamed = Query<Note()>::describe("verify.renamed", "select id, body as text, weight from notes");
    EXPECT_THAT(complaints(renamed), ElementsAre("verify.renamed: column 2 is named text, its member body"));
    const QueryInfo swapped = Query<Note()>::describe("verify.swapped", "select id, weight, body from notes");
    EXPECT_THAT(complaints(swapped), ElementsAre("verify.swapped: column 2 is named weight, its member body",
                                                 "verify.swapped: column weight is int4, which is no text",
                                                 "verify.swapped: column 3 is named body, its member weight",
                                                 "verify.swapped: column body is text, which is no integer"));
    const QueryInfo missing = Query<Note()>::describe("verify.missing", "select id, body from notes");
    EXPECT_THAT(complaints(missing), ElementsAre("verify.missing: answers 2 columns, its row has 3 members"));
}

TEST_F(VerifyTest, TypesThatDiffer) {
    EXPECT_THAT(complaints_of<std::string>("select 1 as c"),
                ElementsAre(HasSubstr("column c is int4, which is no text")));
    EXPECT_THAT(complaints_of<int>("select '1'::text as c"),
                ElementsAre(HasSubstr("column c is text, which is no integer")));
    EXPECT_THAT(complaints_of<std::int64_t>("select sum(1::bigint) as c"),
                ElementsAre(HasSubstr("column c is numeric, which is no integer")));
    EXPECT_THAT(complaints_of<double>("select 1 as c"),
                ElementsAre(HasSubstr("column c is int4, which is no floating")));
    EXPECT_THAT(complaints_of<bool>("select 1 as c"), ElementsAre(HasSubstr("column c is int4, which is no boolean")));
    EXPECT_THAT(complaints_of<Id<Note>>("select 'x'::text as c"),
                ElementsAre(HasSubstr("column c is text, which is no uuid")));
    EXPECT_THAT(complaints_of<Timestamp>("select now()::timestamp as c"),
                ElementsAre(HasSubstr("column c is timestamp, which is no timestamp")));
    EXPECT_THAT(complaints_of<Note>("select 1 as id, 2 as body, 3 as weight"),
                ElementsAre(HasSubstr("column id is int4, which is no uuid"),
                            HasSubstr("column body is int4, which is no text")));
    EXPECT_THAT(complaints_of<std::vector<int>>("select '{1}'::int[] as c"),
                ElementsAre(HasSubstr("column c is _int4, which is no json")));
    EXPECT_THAT(complaints_of<Array<int>>("select 1 as c"),
                ElementsAre(HasSubstr("column c is int4, which is no integer array")));
    EXPECT_THAT(complaints_of<Bytes>("select '' as c"), ElementsAre(HasSubstr("column c is text, which is no bytes")));
}

TEST_F(VerifyTest, IntegersThatDoNotFit) {
    EXPECT_THAT(complaints_of<int>("select count(*) as c"),
                ElementsAre(HasSubstr("column c is int8, too large for its member")));
    EXPECT_THAT(complaints_of_argument<std::int64_t>("select from notes where weight + $1 > 0"),
                ElementsAre(HasSubstr("argument $1 is int4, too small for -9223372036854775808..9223372036854775807")));
    EXPECT_THAT((complaints_of_argument<Int<0, 40'000>>("select $1::smallint")),
                ElementsAre(HasSubstr("argument $1 is int2, too small for 0..40000")));
}

TEST_F(VerifyTest, NullsWithoutAPlace) {
    database.execute("alter table notes add remark text");
    EXPECT_THAT(complaints_of<std::string>("select remark from notes"),
                ElementsAre(HasSubstr("column remark may be null, but its member is not optional")));
    EXPECT_THAT(complaints_of<std::optional<std::string>>("select remark from notes"), IsEmpty());
    EXPECT_THAT(complaints_of<std::string>("select coalesce(remark, '') from notes"), IsEmpty());
}

TEST_F(VerifyTest, ArgumentsThatDiffer) {
    EXPECT_THAT(complaints_of_argument<std::string>("select 1"),
                ElementsAre(HasSubstr("takes 0 arguments, is given 1")));
    EXPECT_THAT(complaints_of_argument<std::string>("select from notes where id = $1"),
                ElementsAre(HasSubstr("argument $1 is uuid, which is no text")));
    EXPECT_THAT(complaints_of_argument<Id<Note>>("select from notes where id = any($1)"),
                ElementsAre(HasSubstr("argument $1 is _uuid, which is no uuid")));
}

TEST(QueryRegistry, TheSameNameForAnotherQueryIsRefused) {
    const Query<int()> first{"verify.twice", "select 1"};
    const Query<int()> again{"verify.twice", "select 1"};
    EXPECT_EQ(&first.info(), &again.info());
    EXPECT_THROW((Query<int()>{"verify.twice", "select 2"}), std::logic_error);
    EXPECT_THROW((Query<double()>{"verify.twice", "select 1"}), std::logic_error);
    EXPECT_THROW((Query<int(int)>{"verify.twice", "select 1"}), std::logic_error);
}

}  // namespace
}  // namespace liveshop::db
