#include "modules/notify/mail.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <chrono>

namespace liveshop::notify {
namespace {

// Mail programs know no style sheets: what matters stands at each element.
constexpr std::string_view page = R"html(<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{subject}</title></head>
<body style="margin:0;padding:24px 12px;background:#f4f2ee;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1d1b18">
<table role="presentation" width="100%" style="max-width:560px;margin:0 auto;border-collapse:collapse">
<tr><td style="padding:0 4px 12px;font-weight:700">{shop}</td></tr>
<tr><td style="background:#ffffff;border-radius:12px;padding:28px">
<h1 style="margin:0 0 12px;font-size:22px;line-height:1.25">{title}</h1>
{paragraphs}{lines}<p style="margin:24px 0 4px"><a href="{link}" style="display:inline-block;background:#1d1b18;color:#ffffff;text-decoration:none;font-weight:700;padding:12px 20px;border-radius:8px">{button}</a></p>
</td></tr>
<tr><td style="padding:14px 4px;font-size:13px;color:#5f5a52">{footer}</td></tr>
</table>
</body>
</html>
)html";

std::vector<std::string_view> paragraphs_of(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t end; (end = text.find("\n\n")) != text.npos; text.remove_prefix(end + 2))
        parts.push_back(text.substr(0, end));
    parts.push_back(text);
    return parts;
}

std::string html_paragraphs(std::string_view text) {
    std::string out;
    for (const std::string_view paragraph : paragraphs_of(text))
        out += fmt::format("<p style=\"margin:0 0 12px;white-space:pre-line\">{}</p>\n", escape_html(paragraph));
    return out;
}

std::string html_lines(const std::vector<Line>& lines) {
    if (lines.empty()) return "";
    std::string rows;
    for (const Line& line : lines)
        rows += fmt::format(
            "<tr><td style=\"padding:6px 0;border-top:1px solid #e6e2da\">{}</td>"
            "<td align=\"right\" style=\"padding:6px 0;border-top:1px solid "
            "#e6e2da;white-space:nowrap\">{}</td></tr>\n",
            escape_html(line.label), escape_html(line.value));
    return fmt::format("<table width=\"100%\" style=\"border-collapse:collapse;margin:16px 0\">\n{}</table>\n", rows);
}

std::string text_lines(const std::vector<Line>& lines) {
    std::string out;
    for (const Line& line : lines) out += fmt::format("{}: {}\n", line.label, line.value);
    return out.empty() ? "" : "\n" + out;
}

std::string base64(std::string_view bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

bool is_plain_text(std::string_view text) {
    return text.size() <= 60 && text.find("=?") == text.npos &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

// Encoded words of at most 45 bytes of whole characters: 12 + 60 characters.
std::string encoded_words(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t end = std::min<std::size_t>(45, text.size());
        while (end < text.size() && end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        out += fmt::format("{}=?UTF-8?B?{}?=", out.empty() ? "" : "\r\n ", base64(text.substr(0, end)));
        text.remove_prefix(end);
    }
    return out;
}

Words with_frame(const Words& words, const MailFrame& frame) {
    Words all = words;
    all.words.push_back({"shop", frame.shop});
    return all;
}

}  // namespace

Mail compose_mail(const Wording& wording, const Words& words, const MailFrame& frame) {
    const Words all = with_frame(words, frame);
    const std::string subject = fill(wording.subject, all), title = fill(wording.title, all);
    const std::string body = fill(wording.mail, all);
    const std::string why = frame.preferences_url.empty()
                                ? fmt::format("{} sends this for the safety of your account.", frame.shop)
                                : fmt::format("{} sends this because of your account there.", frame.shop);
    Mail mail{.from_name = frame.shop,
              .to = "",
              .subject = subject,
              .text = fmt::format("{}\n\n{}\n{}\n{}: {}\n\n-- \n{}\n", title, body, text_lines(words.lines),
                                  wording.button, frame.link, why),
              .html = "",
              .message_id = "",
              .preferences_url = frame.preferences_url};
    if (!frame.preferences_url.empty())
        mail.text += fmt::format("Choose what you are sent: {}\n", frame.preferences_url);
    std::string footer = escape_html(why);
    if (!frame.preferences_url.empty())
        footer += fmt::format(" <a href=\"{}\" style=\"color:#5f5a52\">Choose what you are sent</a>",
                              escape_html(frame.preferences_url));
    const auto part = [&](std::string_view name) -> std::string {
        if (name == "subject") return escape_html(subject);
        if (name == "shop") return escape_html(frame.shop);
        if (name == "title") return escape_html(title);
        if (name == "paragraphs") return html_paragraphs(body);
        if (name == "lines") return html_lines(words.lines);
        if (name == "link") return escape_html(frame.link);
        if (name == "button") return escape_html(wording.button);
        return footer;
    };
    std::string_view rest = page;
    for (std::size_t open; (open = rest.find('{')) != rest.npos;) {
        const std::size_t close = rest.find('}', open);
        mail.html += rest.substr(0, open);
        mail.html += part(rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
    }
    mail.html += rest;
    return mail;
}

std::string header_text(std::string_view text) {
    if (is_plain_text(text)) return std::string(text);
    std::string clean(text);
    std::ranges::replace_if(clean, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }, ' ');
    return encoded_words(clean);
}

std::string header_mailbox(std::string_view name, std::string_view address) {
    if (name.empty()) return fmt::format("<{}>", address);
    if (!is_plain_text(name)) return fmt::format("{} <{}>", header_text(name), address);
    std::string quoted;
    for (const char c : name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return fmt::format("\"{}\" <{}>", quoted, address);
}

bool is_plain_address(std::string_view address) {
    static constexpr std::string_view unfit = "<>()[],;:\\\"";
    return address.size() <= 254 && std::ranges::count(address, '@') == 1 && !address.starts_with('@') &&
           !address.ends_with('@') && std::ranges::all_of(address, [](char c) {
               return static_cast<unsigned char>(c) > ' ' && c != '\x7F' && unfit.find(c) == unfit.npos;
           });
}

std::string header_date(Timestamp at) {
    using namespace std::chrono;
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const sys_time<microseconds> time{microseconds(at.us)};
    const auto day = floor<std::chrono::days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(time - day));
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", days[weekday(day).c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

}  // namespace liveshop::notify
