# Pictures of H.264 video, made in a process of its own that needs nothing of ours.
pkg_check_modules(OPENH264 REQUIRED IMPORTED_TARGET openh264)
pkg_check_modules(WEBP REQUIRED IMPORTED_TARGET libwebp)
add_executable(liveshop-still ${CMAKE_CURRENT_LIST_DIR}/still.cpp)
target_link_libraries(liveshop-still PRIVATE house PkgConfig::OPENH264 PkgConfig::WEBP)
add_dependencies(module_live liveshop-still)  # it looks for it beside the program
