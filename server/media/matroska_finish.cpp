#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "media/ebml.hpp"
#include "media/matroska.hpp"
#include "media/matroska_layout.hpp"

namespace liveshop::media::matroska {
namespace {

constexpr std::uint64_t cluster_size_max = 256 << 20;
constexpr std::int64_t last_frame_ms = 33;  // nothing says how long the last one is shown

std::uint64_t get_number(Bytes p) {
    std::uint64_t value = 0;
    for (auto byte : p) value = value << 8 | byte;
    return value;
}
std::uint64_t get_size8(Bytes p) { return get_number(p.first(8)) & size_unknown; }

class File {
  public:
    explicit File(const std::string& path) : path_(path), number_(::open(path.c_str(), O_RDWR | O_CLOEXEC)) {
        if (number_ < 0) fail("open");
    }
    File(const File&) = delete;
    ~File() { ::close(number_); }

    std::uint64_t size() const {
        struct stat status{};
        if (::fstat(number_, &status) != 0) fail("look at");
        return static_cast<std::uint64_t>(status.st_size);
    }
    // As much as there is, at most `size`.
    Buffer read(std::uint64_t at, std::size_t size) const {
        Buffer bytes(size);
        std::size_t done = 0;
        while (done < size) {
            auto got = ::pread(number_, bytes.data() + done, size - done, static_cast<off_t>(at + done));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) fail("read");
            if (got == 0) break;
            done += static_cast<std::size_t>(got);
        }
        bytes.resize(done);
        return bytes;
    }
    void write(std::uint64_t at, Bytes bytes) const {
        while (!bytes.empty()) {
            auto put = ::pwrite(number_, bytes.data(), bytes.size(), static_cast<off_t>(at));
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) fail("write");
            bytes = bytes.subspan(static_cast<std::size_t>(put));
            at += static_cast<std::uint64_t>(put);
        }
    }
    void cut(std::uint64_t size) const {
        if (::ftruncate(number_, static_cast<off_t>(size)) != 0) fail("cut");
    }
    void sync() const {
        if (::fsync(number_) != 0) fail("keep");
    }

  private:
    [[noreturn]] void fail(const char* what) const {
        throw std::system_error(errno, std::generic_category(), std::string("cannot ") + what + " " + path_);
    }

    std::string path_;
    int number_;
};

// The header of one of our files: where its segment's data and its first cluster begin.
struct Layout {
    std::uint64_t segment = 0, clusters = 0;
    bool h264 = false, video = false;
};

bool is_master(Bytes p, std::uint32_t id) { return p.size() >= master_size && get32(p.data()) == id; }

std::optional<Layout> read_layout(const File& file) {
    constexpr std::size_t header_size_max = 256 * 1024;
    auto bytes = file.read(0, header_size_max);
    Bytes head(bytes);
    auto skip = [&](std::uint32_t id) -> std::optional<std::uint64_t> {
        if (!is_master(head, id)) return {};
        auto size = get_size8(head.subspan(4));
        if (size > head.size() - master_size) return {};
        head = head.subspan(master_size + size);
        return size;
    };
    Layout layout;
    if (!skip(ebml::header)) return {};
    if (!is_master(head, ebml::segment)) return {};
    layout.h264 = as_text(Bytes(bytes).first(bytes.size() - head.size())).contains("matroska");
    layout.segment = bytes.size() - head.size() + master_size;
    head = head.subspan(master_size);
    if (head.size() < seek_space) return {};
    head = head.subspan(seek_space);
    if (!skip(ebml::info)) return {};
    auto tracks = as_text(head);
    auto size = skip(ebml::tracks);
    if (!size) return {};
    layout.video = tracks.substr(0, master_size + *size).contains("V_");
    layout.clusters = bytes.size() - head.size();
    return layout;
}

struct Cue {
    std::uint64_t time_ms = 0, position = 0;
};

struct Contents {
    std::vector<Cue> cues;
    std::uint64_t end = 0;           // of the last whole cluster
    std::uint64_t last = 0;          // where that one begins
    std::uint64_t last_time_ms = 0;  // its timestamp
};

// Clusters begin with key frames wherever there are any.
Contents read_clusters(const File& file, const Layout& layout) {
    Contents contents{.cues = {}, .end = layout.clusters};
    auto file_size = file.size();
    for (auto at = layout.clusters;;) {
        auto head = file.read(at, master_size + timestamp_size + block_prefix_size + block_header_size);
        if (head.size() < master_size + timestamp_size + block_prefix_size + block_header_size) break;
        if (!is_master(head, ebml::cluster)) break;
        auto size = get_size8(Bytes(head).subspan(4));
        if (size > cluster_size_max || at + master_size + size > file_size) break;
        auto time_ms = get_number(Bytes(head).subspan(master_size + 2, 8));
        auto block = Bytes(head).subspan(master_size + timestamp_size + block_prefix_size);
        bool is_video = block[0] == (0x80 | video_number), is_key = block[3] & key_flag;
        if (is_video ? is_key : !layout.video) contents.cues.push_back({time_ms, at - layout.segment});
        contents.last = at;
        contents.last_time_ms = time_ms;
        at += master_size + size;
        contents.end = at;
    }
    return contents;
}

// When the last block of the last cluster begins.
std::uint64_t last_block_ms(const File& file, const Contents& contents) {
    auto bytes = file.read(contents.last, static_cast<std::size_t>(contents.end - contents.last));
    Bytes rest = Bytes(bytes).subspan(std::min(bytes.size(), master_size + timestamp_size));
    std::uint64_t last = 0;
    while (rest.size() >= block_prefix_size + block_header_size && rest[0] == ebml::simple_block) {
        std::size_t size = get32(&rest[1]) & 0x0FFFFFFF;
        if (size > rest.size() - block_prefix_size) break;
        last = std::max<std::uint64_t>(last, get16(&rest[block_prefix_size + 1]));
        rest = rest.subspan(block_prefix_size + size);
    }
    return contents.last_time_ms + last;
}

Buffer write_cues(const std::vector<Cue>& cues) {
    Buffer bytes;
    ebml::Elements out(bytes);
    out.master(ebml::cues, [&] {
        for (auto& cue : cues)
            out.master(ebml::cue_point, [&] {
                out.number(ebml::cue_time, cue.time_ms);
                out.master(ebml::cue_track_positions, [&] {
                    out.number(ebml::cue_track, video_number);
                    out.number(ebml::cue_cluster_position, cue.position);
                });
            });
    });
    return bytes;
}

// Where the index is, in the space that was left for it.
Buffer write_seek_head(std::uint64_t cues_position) {
    Buffer bytes;
    ebml::Elements out(bytes);
    out.master(ebml::seek_head, [&] {
        out.id(ebml::seek);
        out.size1(3 + 4 + 3 + 8);
        out.number(ebml::seek_id, ebml::cues, 4);
        out.number(ebml::seek_position, cues_position);
    });
    out.id(ebml::padding);
    out.size1(seek_space - bytes.size() - 1);
    bytes.resize(seek_space);
    return bytes;
}

}  // namespace

std::expected<Finished, std::string> finish(const std::string& path) try {
    const File file(path);
    auto layout = read_layout(file);
    if (!layout) return std::unexpected("not a recording: " + path);
    auto contents = read_clusters(file, *layout);
    if (contents.end == layout->clusters) return std::unexpected("nothing was recorded: " + path);
    auto duration_ms = last_block_ms(file, contents) + last_frame_ms;

    file.cut(contents.end);
    auto cues = write_cues(contents.cues);
    file.write(contents.end, cues);
    file.write(layout->segment, write_seek_head(contents.end - layout->segment));
    Buffer number;
    ebml::Elements(number).fixed(std::bit_cast<std::uint64_t>(static_cast<double>(duration_ms)), 8);
    file.write(layout->segment + duration_at, number);
    auto size = contents.end + cues.size();
    number.clear();
    ebml::Elements(number).size8(size - layout->segment);
    file.write(layout->segment - 8, number);
    file.sync();
    return Finished{static_cast<std::int64_t>(duration_ms), static_cast<std::int64_t>(size),
                    layout->h264 ? "video/x-matroska" : "video/webm"};
} catch (const std::system_error& failure) {
    return std::unexpected(std::string(failure.what()));
}

}  // namespace liveshop::media::matroska
