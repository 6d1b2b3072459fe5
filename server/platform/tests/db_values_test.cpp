// Every type there and back, at its limits.
#include <gmock/gmock.h>

#include <cmath>

#include "platform/tests/db_notes.hpp"

namespace liveshop::db {
namespace {

using test::run;

enum class Colour { red, dark_green };
BOOST_DESCRIBE_ENUM(Colour, red, dark_green)

struct Part {
    std::string name;
    Int<0, 9> count;
    std::optional<Timestamp> made_at;
    friend bool operator==(const Part&, const Part&) = default;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, count, made_at))

struct Everything {
    std::string text;
    Text<1, 10> short_text;
    Email email;
    Slug slug;
    Currency currency;
    Colour colour = Colour::red;
    bool flag = false;
    std::int64_t big = 0;
    int medium = 0;
    Int<-5, 5> small;
    Amount total;
    double number = 0;
    Latitude latitude;
    Id<Everything> id;
    Timestamp at;
    Bytes bytes;
    Part part;
    std::vector<Part> parts;
    json::value tree;
    Array<std::string> words;
    Array<Id<Everything>> ids;
    Array<std::int64_t> numbers;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (text, short_text, email, slug, currency, colour, flag, big, medium, small, total, number,
                       latitude, id, at, bytes, part, parts, tree, words, ids, numbers))

struct Maybe {
    std::optional<std::string> text;
    std::optional<std::int64_t> big;
    std::optional<bool> flag;
    std::optional<Id<Everything>> id;
    std::optional<Timestamp> at;
    std::optional<Part> part;
    std::optional<Colour> colour;
};
BOOST_DESCRIBE_STRUCT(Maybe, (), (text, big, flag, id, at, part, colour))

const Query<Everything(std::string, Text<1, 10>, Email, Slug, Currency, Colour, bool, std::int64_t, int, Int<-5, 5>,
                       Amount, double, Latitude, Id<Everything>, Timestamp, Bytes, Part, std::vector<Part>, json::value,
                       Array<std::string>, Array<Id<Everything>>, Array<std::int64_t>)>
    echo_everything{"test.echo_everything", R"(
        select $1::text as text, $2::varchar(10) as short_text, $3::citext as email, $4::text as slug,
               $5::char(3) as currency, $6::text as colour, $7::bool as flag, $8::bigint as big, $9::int as medium,
               $10::smallint as small, $11::bigint as total, $12::float8 as number, $13::float8 as latitude,
               $14::uuid as id, $15::timestamptz as at, $16::bytea as bytes, $17::jsonb as part, $18::jsonb as parts,
               $19::jsonb as tree, $20::text[] as words, $21::uuid[] as ids, $22::bigint[] as numbers)"};
const Query<Maybe(std::optional<std::string>, std::optional<std::int64_t>, std::optional<bool>,
                  std::optional<Id<Everything>>, std::optional<Timestamp>, std::optional<Part>, std::optional<Colour>)>
    echo_maybe{"test.echo_maybe", R"(
        select $1::text as text, $2::bigint as big, $3::bool as flag, $4::uuid as id, $5::timestamptz as at,
               $6::jsonb as part, $7::text as colour)"};

class ValuesTest : public NotesTest {
  protected:
    Everything echo(const Everything& in) {
        return run(io, [&]() -> awaitable<Everything> {
            Transaction tx(pool, reading());
            Everything out =
                co_await tx.one(echo_everything, in.text, in.short_text, in.email, in.slug, in.currency, in.colour,
                                in.flag, in.big, in.medium, in.small, in.total, in.number, in.latitude, in.id, in.at,
                                in.bytes, in.part, in.parts, in.tree, in.words, in.ids, in.numbers);
            co_return out;
        }());
    }
    Maybe echo(const Maybe& in) {
        return run(io, [&]() -> awaitable<Maybe> {
            Transaction tx(pool, reading());
            Maybe out = co_await tx.one(echo_maybe, in.text, in.big, in.flag, in.id, in.at, in.part, in.colour);
            co_return out;
        }());
    }
    // The message of the Error that reading `sql` as a T ends with.
    template <class T>
    std::string mismatch(const std::string& name, const std::string& sql) {
        const Query<T()> query{"test.mismatch_" + name, sql};
        try {
            run(io, [&]() -> awaitable<void> {
                Transaction tx(pool, reading());
                co_await tx.all(query);
            }());
        } catch (const Error& error) {
            EXPECT_EQ(error.sqlstate, sqlstate::datatype_mismatch);
            return error.what();
        }
        return "no error";
    }
    Pool pool{io, database.pool_settings()};
};

void expect_same(const Everything& in, const Everything& out) {
    const auto tie = [](const Everything& e) {
        return std::tie(e.text, e.short_text, e.email, e.slug, e.currency, e.colour, e.flag, e.big, e.medium, e.small,
                        e.total, e.latitude.value, e.id, e.at, e.bytes, e.part, e.parts, e.words, e.ids, e.numbers);
    };
    EXPECT_TRUE(tie(in) == tie(out)) << to_json(out.part) << to_json(out.text) << to_json(out.at);
    EXPECT_EQ(in.tree, out.tree);
    if (std::isnan(in.number))
        EXPECT_TRUE(std::isnan(out.number));
    else
        EXPECT_EQ(in.number, out.number);
}

TEST_F(ValuesTest, LowestAndEmptyValues) {
    Everything in;
    in.currency.value = "SGD";
    in.big = std::numeric_limits<std::int64_t>::min();
    in.medium = std::numeric_limits<int>::min();
    in.small.value = -5;
    in.total.minor = std::numeric_limits<std::int64_t>::min();
    in.number = -std::numeric_limits<double>::infinity();
    in.latitude.value = -90;
    in.at = *Timestamp::parse("0001-01-01T00:00:00Z");
    in.tree = nullptr;
    expect_same(in, echo(in));
}

TEST_F(ValuesTest, HighestAndHardestValues) {
    Everything in;
    in.text = "quote ' double \" back \\ newline \n tab \t snowman ☃ {braces} $1 " + std::string(100'000, 'x');
    in.short_text.value = "äöü";
    in.email.value = "somebody@example.com";
    in.slug.value = "a-slug";
    in.currency.value = "USD";
    in.colour = Colour::dark_green;
    in.flag = true;
    in.big = std::numeric_limits<std::int64_t>::max();
    in.medium = std::numeric_limits<int>::max();
    in.small.value = 5;
    in.total.minor = std::numeric_limits<std::int64_t>::max();
    in.number = std::numeric_limits<double>::max();
    in.latitude.value = 51.477928123456789;
    in.id = Id<Everything>::make();
    in.at = *Timestamp::parse("9999-12-31T23:59:59.999999Z");
    in.bytes.value = std::string("\0\x01\xff\\'\"", 6);
    in.part = {"wheel \" \\ ☃", {9}, Timestamp::now()};
    in.parts = {in.part, {"", {0}, std::nullopt}};
    in.tree = json::parse(R"({"a": [1, 2.5, null, {"b": "\u0001"}]})");
    in.words.items = {"", "NULL", "null", "a,b", "\"quoted\"", "back\\slash", "{x}", " space ", "☃", "new\nline"};
    in.ids.items = {Id<Everything>::make(), Id<Everything>{}};
    in.numbers.items = {std::numeric_limits<std::int64_t>::min(), 0, std::numeric_limits<std::int64_t>::max()};
    expect_same(in, echo(in));
}

TEST_F(ValuesTest, NumbersInBetween) {
    for (const double number : {0.1, 1e-300, 3.141592653589793, 5e-324, std::nan("")}) {
        Everything in;
        in.currency.value = "EUR";
        in.number = number;
        in.at = Timestamp{-1};
        expect_same(in, echo(in));
    }
}

TEST_F(ValuesTest, NullIsAnEmptyOptional) {
    const Maybe none = echo(Maybe{});
    EXPECT_FALSE(none.text || none.big || none.flag || none.id || none.at || none.part || none.colour);
    Maybe some{"", 0, false, Id<Everything>{}, Timestamp{}, Part{}, Colour::red};
    const Maybe back = echo(some);
    EXPECT_EQ(back.text, "");
    EXPECT_EQ(back.big, 0);
    EXPECT_EQ(back.flag, false);
    EXPECT_EQ(back.id, Id<Everything>{});
    EXPECT_EQ(back.at, Timestamp{});
    EXPECT_EQ(back.part, Part{});
    EXPECT_EQ(back.colour, Colour::red);
}

TEST_F(ValuesTest, WhatDoesNotFitIsNamed) {
    EXPECT_EQ(mismatch<std::string>("null", "select null::text as body"),
              "test.mismatch_null: column body is null, but its member is not optional");
    EXPECT_EQ(mismatch<Colour>("enum", "select 'blue' as colour"),
              "test.mismatch_enum: column colour does not fit its member");
    EXPECT_EQ((mismatch<Int<1, 9>>("range", "select 10 as count")),
              "test.mismatch_range: column count does not fit its member");
    EXPECT_EQ(mismatch<Timestamp>("infinity", "select 'infinity'::timestamptz as at"),
              "test.mismatch_infinity: column at does not fit its member");
    EXPECT_EQ(mismatch<Timestamp>("bc", "select '0044-03-15 12:00:00+00 BC'::timestamptz as at"),
              "test.mismatch_bc: column at does not fit its member");
    EXPECT_EQ(mismatch<std::vector<Part>>("json", R"(select '[{"name": "x", "count": 10}]'::jsonb as parts)"),
              "test.mismatch_json: column parts /0/count must be a whole number from 0 to 9");
    EXPECT_EQ(mismatch<Array<int>>("array_null", "select '{1,NULL}'::int[] as list"),
              "test.mismatch_array_null: column list does not fit its member");
    EXPECT_EQ(mismatch<Array<int>>("array_depth", "select '{{1},{2}}'::int[] as list"),
              "test.mismatch_array_depth: column list does not fit its member");
    EXPECT_EQ(mismatch<Note>("columns", "select 1"), "test.mismatch_columns: 1 columns where 3 are expected");
}

TEST_F(ValuesTest, AnyOfAnArray) {
    const Query<std::int64_t(Array<std::string>)> count_of{"test.count_of",
                                                           "select count(*) from pg_roles where rolname = any($1)"};
    const std::int64_t found = run(io, [&]() -> awaitable<std::int64_t> {
        Transaction tx(pool, reading());
        const std::int64_t count = co_await tx.one(count_of, Array<std::string>{{"liveshop_app", "nobody, really"}});
        co_return count;
    }());
    EXPECT_EQ(found, 1);
}

}  // namespace
}  // namespace liveshop::db
