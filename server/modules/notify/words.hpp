#pragma once
// What a message is made of: fixed wordings with places for what is particular to it.
#include <string>
#include <string_view>
#include <vector>

#include "modules/notify/requests.hpp"

namespace liveshop::notify {

/// "{store_name}" in a wording stands for the word of that name.
struct Word {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(Word, (), (name, value))

/// A row of the table in a mail: an item and what it cost.
struct Line {
    std::string label;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(Line, (), (label, value))

struct Words {
    std::vector<Word> words;
    std::vector<Line> lines;
};
BOOST_DESCRIBE_STRUCT(Words, (), (words, lines))

/// How one kind is said by each channel. `title` and `body` are shown in the app and by push; `sms` ends with a link.
struct Wording {
    std::string_view title;
    std::string_view body;
    std::string_view subject;
    std::string_view mail;    ///< paragraphs, parted by an empty line
    std::string_view button;  ///< of the mail: leads to the notification's page
    std::string_view sms;
};

const Wording& wording(Kind kind, Locale locale);

/// The text with its places filled, each at most 200 characters; what is filled in is not looked at again. Throws
/// std::logic_error for a word that is missing: a test fills every wording.
std::string fill(std::string_view text, const Words& words);
/// Names of the places in the text.
std::vector<std::string> places_in(std::string_view text);

/// At most `length` code points, the last one "…" if something was left out.
std::string shorten(std::string_view text, std::size_t length);
std::string escape_html(std::string_view text);

/// "12.50 EUR"; of currencies without minor units "1250 JPY".
std::string money_text(Amount amount, std::string_view currency);

}  // namespace liveshop::notify
