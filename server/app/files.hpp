#pragma once
#include <filesystem>

#include "platform/http/message.hpp"

namespace liveshop::app {

/// Answers GET /files/<name>… from the storage folder. What people uploaded never runs as a page of ours: it is sent
/// with a policy that forbids scripts, and only known picture and video types are shown at all.
http::Response serve_file(const std::filesystem::path& folder, std::string_view path);

}  // namespace liveshop::app
