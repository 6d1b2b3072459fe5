#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string_view>

namespace liveshop {

/// Writes a file, and its folder if there is none: whole or not at all, also when the power goes. Nothing happens if
/// it is there. Throws std::system_error.
void write_durably(const std::filesystem::path& path, std::string_view bytes, mode_t mode);

}  // namespace liveshop
