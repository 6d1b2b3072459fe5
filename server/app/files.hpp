#pragma once
#include <filesystem>

#include "platform/http/message.hpp"

namespace liveshop::app {

/// Answers GET /files/<name>… from the storage folder; `path` is what follows /files/, as sent. What people uploaded
/// never runs as a page of ours: it is sent with a policy that forbids scripts, and only pictures, up to 8 MiB, are
/// shown at all. Everything else is 404, and nothing outside the folder is reached, by name or by link.
http::Response serve_file(const std::filesystem::path& folder, std::string_view path);

}  // namespace liveshop::app
