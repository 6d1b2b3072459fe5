// Reads EBML elements (RFC 8794) of any size of id and length, independent of how they are written.
#pragma once
#include <optional>
#include <stdexcept>
#include <vector>

#include "media/bytes.hpp"

namespace liveshop::media {

struct Element {
    std::uint32_t id = 0;
    std::size_t at = 0;  // of its id, in what was read
    Bytes content;

    std::uint64_t number() const {
        std::uint64_t value = 0;
        for (auto byte : content) value = value << 8 | byte;
        return value;
    }
    std::string_view text() const { return as_text(content); }
};

// The elements side by side in `data`; throws where one reaches beyond it. An unknown size is all the rest.
inline std::vector<Element> read_elements(Bytes data) {
    std::vector<Element> elements;
    std::size_t at = 0;
    auto number = [&](bool with_marker) {
        if (at >= data.size() || data[at] == 0) throw std::runtime_error("not EBML");
        int length = std::countl_zero(data[at]) + 1;
        if (at + static_cast<std::size_t>(length) > data.size()) throw std::runtime_error("torn EBML");
        std::uint64_t value = with_marker ? data[at] : data[at] & (0xFFu >> length);
        bool all_ones = (data[at] | (0xFFu << (8 - length) & 0xFF)) == 0xFF;
        for (int i = 1; i < length; ++i) {
            value = value << 8 | data[at + static_cast<std::size_t>(i)];
            all_ones &= data[at + static_cast<std::size_t>(i)] == 0xFF;
        }
        at += static_cast<std::size_t>(length);
        return std::pair(value, all_ones);
    };
    while (at < data.size()) {
        Element element;
        element.at = at;
        element.id = static_cast<std::uint32_t>(number(true).first);
        auto [size, unknown] = number(false);
        if (unknown) size = data.size() - at;
        if (size > data.size() - at) throw std::runtime_error("an element reaches beyond its parent");
        element.content = data.subspan(at, size);
        at += size;
        elements.push_back(element);
    }
    return elements;
}

inline std::vector<Element> all(const std::vector<Element>& elements, std::uint32_t id) {
    std::vector<Element> found;
    for (auto& element : elements)
        if (element.id == id) found.push_back(element);
    return found;
}
// The only one of that id.
inline Element one(const std::vector<Element>& elements, std::uint32_t id) {
    auto found = all(elements, id);
    if (found.size() != 1) throw std::runtime_error("not exactly one element");
    return found.front();
}
inline Element inside(const Element& parent, std::uint32_t id) { return one(read_elements(parent.content), id); }

}  // namespace liveshop::media
