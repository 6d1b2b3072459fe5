// Where things lie in the files that write_header() and write_cluster() make, for finish().
#pragma once
#include <cstddef>
#include <cstdint>

namespace liveshop::media::matroska {

inline constexpr std::uint64_t size_unknown = 0x00FFFFFFFFFFFFFF;
inline constexpr std::size_t seek_space = 64;        // a void element of that size, at the beginning of the segment
inline constexpr std::size_t block_header_size = 4;  // track, time, flags
inline constexpr std::uint8_t key_flag = 0x80;
// Of an element that holds others: four bytes of id and eight of size.
inline constexpr std::size_t master_size = 12;
// Of the cluster's timestamp, and of a block before its own header.
inline constexpr std::size_t timestamp_size = 10, block_prefix_size = 5;
// From the beginning of the segment's data: the info element, and in it the duration's eight bytes.
inline constexpr std::size_t info_at = seek_space;
inline constexpr std::size_t duration_at = info_at + master_size + 12 + 3;

}  // namespace liveshop::media::matroska
