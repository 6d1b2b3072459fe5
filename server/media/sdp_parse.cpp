#include <algorithm>
#include <charconv>

#include "media/sdp.hpp"

namespace liveshop::media::sdp {
namespace {

// The text before `separator`; `rest` becomes what follows it.
std::string_view cut(std::string_view& rest, char separator) {
    auto at = rest.find(separator);
    auto head = rest.substr(0, at);
    rest = at == rest.npos ? std::string_view{} : rest.substr(at + 1);
    return head;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

// Names of the codecs we know in the spelling we use.
std::string canonical(std::string_view name) {
    for (std::string_view known : {"VP8", "VP9", "H264", "AV1", "opus", "rtx"})
        if (equal_ignoring_case(name, known)) return std::string(known);
    return std::string(name);
}

class Parser {
  public:
    std::expected<Offer, std::string> parse(std::string_view text) {
        if (text.size() > size_max) return std::unexpected("The offer is larger than 64 KiB.");
        if (!text.starts_with("v=0")) return std::unexpected("The offer must begin with v=0.");
        if (std::ranges::any_of(text, is_control)) return std::unexpected("The offer contains control characters.");
        while (!text.empty() && fault_.empty()) {
            auto line = cut(text, '\n');
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (line.contains('\r')) fault_ = "A line of the offer contains a carriage return.";
            if (line.starts_with("m=")) on_section(line.substr(2));
            if (line.starts_with("a=")) on_attribute(line.substr(2));
        }
        if (fault_.empty()) complete();
        if (!fault_.empty()) return std::unexpected(fault_);
        return std::move(offer_);
    }

  private:
    static bool is_control(char c) { return (c >= 0 && c < ' ' && c != '\r' && c != '\n' && c != '\t') || c == 127; }

    Section* section() { return offer_.sections.empty() ? nullptr : &offer_.sections.back(); }

    static Codec* find_codec(Section& s, std::string_view payload_type) {
        auto wanted = number<int>(payload_type);
        auto found = wanted ? std::ranges::find(s.codecs, *wanted, &Codec::payload_type) : s.codecs.end();
        return found == s.codecs.end() ? nullptr : &*found;
    }

    void on_section(std::string_view line) {
        if (offer_.sections.size() == sections_max) return void(fault_ = "The offer has more than 16 media sections.");
        auto& s = offer_.sections.emplace_back();
        s.kind = cut(line, ' ');
        cut(line, ' ');  // port: meaningless in an offer made for ICE
        s.protocol = cut(line, ' ');
        s.formats = line;
        if (s.kind.empty() || s.protocol.empty() || line.empty())
            return void(fault_ = "A media line of the offer is incomplete.");
        if (!parse_kind(s.kind)) return;
        while (!line.empty()) {
            auto payload_type = number<int>(cut(line, ' '));
            if (!payload_type || *payload_type < 0 || *payload_type > 127)
                return void(fault_ = "A payload type of the offer is not a number from 0 to 127.");
            if (s.codecs.size() == payload_types_max)
                return void(fault_ = "A media section has too many payload types.");
            s.codecs.emplace_back().payload_type = *payload_type;
        }
    }

    void on_attribute(std::string_view value) {
        auto name = cut(value, ':');
        if (name == "ice-ufrag") return keep_first(offer_.ufrag, value);
        if (name == "ice-pwd") return keep_first(offer_.password, value);
        if (name == "setup") return keep_first(offer_.setup, value);
        if (name == "fingerprint") return on_fingerprint(value);
        if (auto* s = section()) on_section_attribute(*s, name, value);
    }

    static void keep_first(std::string& kept, std::string_view value) {
        if (kept.empty()) kept = value;  // all sections are bundled, so that the first one's transport is used
    }

    void on_fingerprint(std::string_view value) {
        if (!equal_ignoring_case(cut(value, ' '), "sha-256")) return;
        if (!offer_.fingerprint.empty() && !equal_ignoring_case(offer_.fingerprint, value))
            fault_ = "The media sections have different certificate fingerprints; bundle them on one transport.";
        keep_first(offer_.fingerprint, value);
    }

    void on_section_attribute(Section& s, std::string_view name, std::string_view value) {
        if (name == "mid") s.mid = value;
        if (name == "rtcp-mux") s.rtcp_mux = true;
        if (name == "sendrecv") s.direction = Direction::send_receive;
        if (name == "sendonly") s.direction = Direction::send_only;
        if (name == "recvonly") s.direction = Direction::receive_only;
        if (name == "inactive") s.direction = Direction::inactive;
        if (name == "rtpmap") on_rtpmap(s, value);
        if (name == "fmtp")
            if (auto* codec = find_codec(s, cut(value, ' '))) codec->format = value;
        if (name == "extmap") on_extension(s, value);
        if (name == "ssrc-group" && cut(value, ' ') == "FID" && s.rtx_ssrc == 0) {
            s.ssrc = number<std::uint32_t>(cut(value, ' ')).value_or(0);
            s.rtx_ssrc = number<std::uint32_t>(cut(value, ' ')).value_or(0);
        }
        if (name == "ssrc" && s.ssrc == 0) s.ssrc = number<std::uint32_t>(cut(value, ' ')).value_or(0);
    }

    static void on_rtpmap(Section& s, std::string_view value) {
        auto* codec = find_codec(s, cut(value, ' '));
        if (!codec) return;
        codec->rtpmap = value;
        codec->name = canonical(cut(value, '/'));
        codec->clock_rate = number<int>(cut(value, '/')).value_or(0);
    }

    static void on_extension(Section& s, std::string_view value) {
        auto head = cut(value, ' ');
        auto id = number<int>(cut(head, '/'));  // "3" or "3/sendonly"
        if (id && *id >= 1 && *id <= 255 && s.extensions.size() < extensions_max)
            s.extensions.emplace(std::string(cut(value, ' ')), *id);
    }

    void complete() {
        if (offer_.sections.empty()) fault_ = "The offer has no media section.";
        if (offer_.ufrag.size() < 4 || offer_.ufrag.size() > 256) fault_ = "The offer has no usable ice-ufrag.";
        if (offer_.password.size() < 22 || offer_.password.size() > 256) fault_ = "The offer has no usable ice-pwd.";
        if (offer_.fingerprint.empty()) fault_ = "The offer has no sha-256 certificate fingerprint.";
        if (offer_.setup == "passive") fault_ = "The server is passive in DTLS; offer setup:actpass or setup:active.";
        for (auto& s : offer_.sections) {
            if (s.mid.empty()) fault_ = "A media section of the offer has no a=mid.";
            for (auto& rtx : s.codecs) {
                if (rtx.name != "rtx") continue;
                if (auto* codec = find_codec(s, parameter(rtx.format, "apt")))
                    codec->rtx_payload_type = rtx.payload_type;
            }
        }
    }

    Offer offer_;
    std::string fault_;
};

}  // namespace

std::expected<Offer, std::string> parse(std::string_view text) { return Parser().parse(text); }

std::string_view parameter(std::string_view format, std::string_view name) {
    while (!format.empty()) {
        auto value = cut(format, ';');
        while (value.starts_with(' ')) value.remove_prefix(1);
        if (cut(value, '=') == name) return value;
    }
    return {};
}

}  // namespace liveshop::media::sdp
