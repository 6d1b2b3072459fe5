# The media server alone, for its browser test.
add_executable(media_process ${CMAKE_CURRENT_LIST_DIR}/tests/media_process.cpp)
target_link_libraries(media_process PRIVATE media)
