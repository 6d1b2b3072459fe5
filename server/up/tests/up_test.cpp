#include "up/up.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>

#include "platform/config/catalog.hpp"

namespace liveshop::up {
namespace {

using asio::ip::tcp;
using asio::ip::udp;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::vector<std::string> names(const std::vector<Part>& parts) {
    std::vector<std::string> names;
    for (const Part& part : parts) names.push_back(part.name);
    return names;
}

TEST(Up, DevelopmentHasASandboxAndTheWebAppIfThereIsOne) {
    const config::Source source("liveshop.toml", "environment = \"development\"\nweb_directory = \"/srv/web\"", {});
    EXPECT_THAT(names(parts_of(source)), ElementsAre("sandbox", "media", "work", "serve", "web"));
    EXPECT_EQ(ports_of(source).size(), 4U);
    const config::Source bare("", "", {});
    EXPECT_THAT(names(parts_of(bare)), ElementsAre("media", "work", "serve"));
    EXPECT_EQ(ports_of(bare).size(), 2U);
}

TEST(Up, OurProcessesGetTheConfigurationAndTheWebAppOnlyWhatItNeeds) {
    const config::Source source("liveshop.toml", "web_directory = \"/srv/web\"\nhttp_port = 81\nweb_port = 82", {});
    const std::vector<Part> parts = parts_of(source);
    const Part& serve = parts[2];
    EXPECT_THAT(serve.command.arguments, ElementsAre("liveshop", "serve", "--config", "liveshop.toml"));
    EXPECT_EQ(serve.command.program, "/proc/self/exe");
    const Part& web = parts[3];
    EXPECT_THAT(web.command.arguments, ElementsAre("node", "server.js"));
    EXPECT_EQ(web.command.directory, "/srv/web");
    EXPECT_EQ(web.command.variables_withheld, "LIVESHOP_");
    EXPECT_THAT(web.command.variables, Contains(Pair("PORT", "82")));
    EXPECT_THAT(web.command.variables, Contains(Pair("HOSTNAME", "127.0.0.1")));
    EXPECT_THAT(web.command.variables, Contains(Pair("LIVESHOP_API_URL", "http://127.0.0.1:81")));
}

TEST(Up, ATakenPortIsSaidWithWhatToDo) {
    asio::io_context io;
    tcp::acceptor shared(io);
    shared.open(tcp::v4());
    using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
    shared.set_option(ReusePort(true));  // as our own server does: two of them would share the port unnoticed
    shared.bind({asio::ip::address_v4::loopback(), 0});
    shared.listen();
    const udp::socket media(io, udp::endpoint(asio::ip::address_v4::loopback(), 0));
    const std::uint16_t tcp_port = shared.local_endpoint().port(), udp_port = media.local_endpoint().port();

    const std::string said =
        ports_taken({{"http_port", "127.0.0.1", tcp_port}, {"media_udp_port", "127.0.0.1", udp_port, true}});
    EXPECT_EQ(said, fmt::format("TCP port {} on 127.0.0.1 is taken by another program: stop that one, or set http_port "
                                "(LIVESHOP_HTTP_PORT) to a free port.\n"
                                "UDP port {} on 127.0.0.1 is taken by another program: stop that one, or set "
                                "media_udp_port (LIVESHOP_MEDIA_UDP_PORT) to a free port.",
                                tcp_port, udp_port));
    shared.close();
    EXPECT_EQ(ports_taken({{"http_port", "127.0.0.1", tcp_port}}), "");
}

TEST(Up, AnAddressThatIsNotOursIsSaidToo) {
    EXPECT_THAT(ports_taken({{"http_port", "localhost", 8080}}), HasSubstr("localhost is no IP address"));
    EXPECT_THAT(ports_taken({{"http_port", "192.0.2.1", 8080}}),
                HasSubstr("TCP port 8080 on 192.0.2.1 cannot be used"));
    EXPECT_THAT(ports_taken({{"http_port", "127.0.0.1", 0}}), HasSubstr("http_port is 0"));
}

TEST(Up, ItsSettingsAreExplained) {
    config::Catalog catalog;
    EXPECT_THAT(catalog.add<Settings>("up").help(), HasSubstr("web_command"));
}

}  // namespace
}  // namespace liveshop::up
