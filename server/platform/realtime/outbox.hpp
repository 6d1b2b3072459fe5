#pragma once
// What waits to be written to one descriptor: shared, immutable, already framed.
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace liveshop::realtime {

// Bytes as they go out. A broadcast is one of these, however many receive it.
using Frame = std::shared_ptr<const std::string>;

class Outbox {
  public:
    enum class State { empty, blocked, broken };

    void push(Frame frame);
    // Writes as much as the kernel takes, many frames in one call; adds what it wrote to `written`.
    State write(int descriptor, std::size_t& written, std::size_t& calls);
    // Hands over everything; only while nothing has begun to go out.
    std::vector<Frame> take_all();
    // Forgets everything that has not begun to go out: a frame cut in half would break the stream.
    void drop_unbegun();

    std::size_t bytes() const { return bytes_; }
    std::size_t frames() const { return frames_.size() - head_; }

  private:
    void consume(std::size_t bytes);

    std::vector<Frame> frames_;
    std::size_t head_ = 0;   // index of the first frame not wholly written
    std::size_t begun_ = 0;  // bytes of it that are written
    std::size_t bytes_ = 0;  // waiting in all
};

}  // namespace liveshop::realtime
