// A WebRTC client over real UDP: full ICE checks, DTLS as the client, SRTP by libsrtp2. Blocking, for tests.
#pragma once
#include <poll.h>
#include <unistd.h>

#include <deque>
#include <set>
#include <vector>

#include "media/dtls.hpp"
#include "media/random.hpp"
#include "media/rtcp.hpp"
#include "media/srtp.hpp"
#include "media/stun.hpp"
#include "media/tests/test_server.hpp"

namespace liveshop::media {

using Datagram = std::vector<std::uint8_t>;

class MediaClient {
  public:
    static constexpr std::uint32_t audio_ssrc = 0xA0000001, video_ssrc = 0xB0000001, rtx_ssrc = 0xB0000002;

    MediaClient(TestServer& server, std::string room, Action action, std::string codec = "VP8/90000",
                const char* profiles = "SRTP_AEAD_AES_128_GCM")
        : server_(server), room_(std::move(room)), action_(action), codec_(std::move(codec)), context_(profiles) {
        server_address_ = *Endpoint::parse("127.0.0.1", server.udp_port());
        move();
    }
    ~MediaClient() { ::close(socket_); }

    // Goes on from another port, as after a change of network.
    void move() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        if (::connect(socket_, server_address_.native(), server_address_.size()) != 0)
            throw std::runtime_error("cannot reach the media server");
    }

    // POSTs the offer; then checks and handshakes until media can flow.
    void connect() {
        post();
        check();
        handshake();
    }

    void post() {
        auto base = action_ == Action::publish ? "/whip/" : "/whep/";
        auto response = http_request(
            server_, boost::beast::http::verb::post, base + room_,
            {{"Content-Type", "application/sdp"}, {"Authorization", "Bearer " + grant_for(room_, action_, 60, record)}},
            offer());
        if (response.result_int() != 201) throw std::runtime_error(response.body());
        location = response["Location"];
        answer = response.body();
    }

    std::string value(std::string_view attribute, std::size_t from = 0) const {
        auto at = answer.find(attribute, from);
        if (at == answer.npos) throw std::runtime_error("the answer lacks " + std::string(attribute));
        at += attribute.size();
        return answer.substr(at, answer.find("\r\n", at) - at);
    }
    std::uint32_t viewed_ssrc(std::string_view kind) const {
        return static_cast<std::uint32_t>(std::stoul(value("a=ssrc:", answer.find("m=" + std::string(kind)))));
    }

    // One connectivity check, as a browser makes them every few seconds.
    void check(std::string_view password = {}) {
        std::array<std::uint8_t, 200> space;
        auto secret = password.empty() ? value("a=ice-pwd:") : std::string(password);
        auto size = stun::write_request(space, random_bytes<12>(), value("a=ice-ufrag:") + ":" + ufrag_, secret);
        send(Bytes(space).first(size));
    }

    void handshake() {
        dtls_.emplace(context_, DtlsSession::Role::client, value("a=fingerprint:sha-256 "),
                      [this](Bytes d) { send(d); });
        if (!wait([this] { return checks_answered > 0; })) throw std::runtime_error("no answer to the check");
        dtls_->start();
        if (!wait([this] { return dtls_->state() != DtlsSession::State::handshaking; }) ||
            dtls_->state() != DtlsSession::State::connected)
            throw std::runtime_error("the handshake failed");
    }

    // Reads what arrives until the condition holds, at most `limit`.
    template <class Condition>
    bool wait(Condition condition, std::chrono::milliseconds limit = std::chrono::seconds(5)) {
        auto deadline = std::chrono::steady_clock::now() + limit;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            pollfd wanted{socket_, POLLIN, 0};
            poll(&wanted, 1, 10);
            receive();
        }
        return true;
    }
    void wait_for(std::chrono::milliseconds duration) {
        wait([] { return false; }, duration);
    }

    void send(Bytes datagram) {
        // A server that has closed its port is a case of its own.
        [[maybe_unused]] auto sent = ::send(socket_, datagram.data(), datagram.size(), 0);
    }
    void send_rtp(std::uint32_t ssrc, unsigned payload_type, std::uint16_t sequence, std::uint32_t timestamp,
                  bool marker, Bytes payload, int transport_sequence = -1) {
        Datagram d(12);
        d[0] = transport_sequence < 0 ? 0x80 : 0x90;
        d[1] = static_cast<std::uint8_t>(payload_type | (marker ? 0x80 : 0));
        set16(&d[2], sequence);
        set32(&d[4], timestamp);
        set32(&d[8], ssrc);
        if (transport_sequence >= 0) {
            auto number = static_cast<unsigned>(transport_sequence);
            for (unsigned byte : {0xBEu, 0xDEu, 0u, 1u, 0x31u, number >> 8 & 255, number & 255, 0u})
                d.push_back(static_cast<std::uint8_t>(byte));
        }
        d.insert(d.end(), payload.begin(), payload.end());
        auto size = d.size();
        d.resize(size + srtp_overhead_max);
        d.resize(sender_->protect_rtp(d.data(), size).value_or(0));
        send(d);
    }
    void send_rtcp(Bytes compound) {
        Datagram d(compound.begin(), compound.end());
        d.resize(d.size() + srtcp_overhead_max);
        d.resize(sender_->protect_rtcp(d.data(), compound.size()).value_or(0));
        send(d);
    }
    void close() { dtls_->close(); }
    // Lets another DTLS session than this client's own see what arrives.
    void forward_dtls(DtlsSession& session) {
        std::array<std::uint8_t, 2048> space;
        for (ssize_t size; (size = recv(socket_, space.data(), space.size(), 0)) > 0;)
            if (space[0] >= 20 && space[0] <= 63) session.receive(Bytes(space).first(static_cast<std::size_t>(size)));
    }
    DtlsSession::State state() const { return dtls_->state(); }

    std::deque<Datagram> media, reports;  // decrypted, in order of arrival
    int checks_answered = 0;
    int repeated = 0;       // media datagrams equal to an earlier one, byte for byte
    int undecryptable = 0;  // others that could not be decrypted
    bool record = false;    // whether the grant asks to record
    std::string location, answer;
    SrtpProfile profile{};

  private:
    // At once: media may follow the last flight of the handshake on its heels.
    void use_keys() {
        auto keys = *dtls_->export_keys();
        profile = keys.profile;
        sender_.emplace(keys.profile, keys.outbound, LibSrtp::Direction::outbound);
        receiver_.emplace(keys.profile, keys.inbound, LibSrtp::Direction::inbound);
    }

    void receive() {
        std::array<std::uint8_t, 2048> space;
        for (;;) {
            auto size = recv(socket_, space.data(), space.size(), 0);
            if (size <= 0) return;
            auto d = MutableBytes(space).first(static_cast<std::size_t>(size));
            if (stun::looks_like_stun(d)) {
                auto m = stun::parse(d);
                checks_answered += m && stun::authentic(d, *m, value("a=ice-pwd:"));
            } else if (d[0] >= 20 && d[0] <= 63) {
                if (dtls_ && dtls_->receive(d) == DtlsSession::State::connected && !receiver_) use_keys();
            } else if (receiver_) {
                bool control = rtp::is_rtcp(d);
                if (!control && !ciphertexts_.emplace(d.begin(), d.end()).second) {
                    ++repeated;
                    continue;
                }
                auto plain = control ? receiver_->unprotect_rtcp(d) : receiver_->unprotect_rtp(d);
                if (plain)
                    (control ? reports : media).emplace_back(d.begin(), d.begin() + static_cast<long>(*plain));
                else
                    ++undecryptable;
            }
        }
    }

    std::string offer() const {
        bool publishes = action_ == Action::publish;
        std::string transport = "a=rtcp-mux\r\na=ice-ufrag:" + ufrag_ + "\r\na=ice-pwd:" + random_hex<12>() +
                                "\r\na=fingerprint:sha-256 " + context_.fingerprint() +
                                "\r\na=setup:active\r\na=" + (publishes ? "sendonly" : "recvonly") + "\r\n";
        std::string text = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n";
        text += "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=rtpmap:111 opus/48000/2\r\n" + transport;
        if (publishes) text += "a=ssrc:" + std::to_string(audio_ssrc) + " cname:x\r\n";
        text += "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:1\r\na=rtpmap:96 " + codec_ +
                "\r\na=fmtp:96 packetization-mode=1;profile-level-id=42e01f\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 "
                "apt=96\r\n";
        text += "a=extmap:3 " + std::string(sdp::transport_cc_uri) + "\r\n" + transport;
        if (publishes)
            text += "a=ssrc-group:FID " + std::to_string(video_ssrc) + " " + std::to_string(rtx_ssrc) + "\r\n";
        return text;
    }

    TestServer& server_;
    std::string room_;
    Action action_;
    std::string codec_;
    DtlsContext context_;
    std::string ufrag_ = random_hex<4>();
    int socket_ = -1;
    Endpoint server_address_;
    std::optional<DtlsSession> dtls_;
    std::optional<LibSrtp> sender_, receiver_;
    std::set<Datagram> ciphertexts_;
};

// Payloads of VP8 packets: a descriptor, the first byte of a frame, and bytes that can be recognised.
inline Datagram vp8_payload(bool key, std::uint16_t number, std::size_t size = 300) {
    Datagram d(size);
    d[0] = 0x10;
    d[1] = key ? 0x00 : 0x01;
    for (std::size_t i = 2; i < size; ++i) d[i] = static_cast<std::uint8_t>(number * 31 + i);
    return d;
}

}  // namespace liveshop::media
