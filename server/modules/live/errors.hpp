#pragma once
// How calls to live may be refused.
#include "platform/error.hpp"

namespace liveshop::live {

enum class Errc {
    stream_not_found,
    stream_not_live,
    stream_over,
    stream_started,
    product_of_other_store,
    not_pinned,
    too_many_pins,
    pins_differ,
    chat_off,
    reactions_off,
    requests_off,
    muted,
    slow_mode,
    word_not_allowed,
    not_moderator,
    cannot_be_muted,
    message_not_found,
    mute_not_found,
    person_not_found,
    too_many_moderators,
    too_many_blocked,
    report_not_found,
    report_incomplete,
    report_resolved,
    resolution_does_not_fit,
    recording_not_found,
};

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::stream_not_found:
            return {404, "live.stream_not_found", "There is no such stream"};
        case Errc::stream_not_live:
            return {409, "live.stream_not_live", "This stream is not live: wait for it to start"};
        case Errc::stream_over:
            return {409, "live.stream_over", "This stream is over"};
        case Errc::stream_started:
            return {409, "live.stream_started", "This stream has begun: that can no longer be changed"};
        case Errc::product_of_other_store:
            return {422, "live.product_of_other_store", "Only products of the stream's own store can be shown"};
        case Errc::not_pinned:
            return {404, "live.not_pinned", "This product is not pinned"};
        case Errc::too_many_pins:
            return {409, "live.too_many_pins", "Twenty products are pinned already: unpin one first"};
        case Errc::pins_differ:
            return {409, "live.pins_differ", "The pins have changed meanwhile: order them again"};
        case Errc::chat_off:
            return {409, "live.chat_off", "The host has turned the chat off"};
        case Errc::reactions_off:
            return {409, "live.reactions_off", "The host has turned reactions off"};
        case Errc::requests_off:
            return {409, "live.requests_off", "The host takes no requests at the moment"};
        case Errc::muted:
            return {403, "live.muted", "You may not write in this store's chats at the moment"};
        case Errc::slow_mode:
            return {429, "live.slow_mode", "The chat is slowed down: wait a moment before you write again"};
        case Errc::word_not_allowed:
            return {422, "live.word_not_allowed", "This message has a word that is not allowed here: change it"};
        case Errc::not_moderator:
            return {403, "live.not_moderator", "Only the host and the moderators may do this"};
        case Errc::cannot_be_muted:
            return {409, "live.cannot_be_muted", "Hosts and moderators cannot be muted: dismiss them first"};
        case Errc::message_not_found:
            return {404, "live.message_not_found", "There is no such message"};
        case Errc::mute_not_found:
            return {404, "live.mute_not_found", "Nobody is muted by this entry: it may have ended"};
        case Errc::person_not_found:
            return {404, "live.person_not_found", "There is no such person"};
        case Errc::too_many_moderators:
            return {409, "live.too_many_moderators", "A store has fifty moderators at most: dismiss one first"};
        case Errc::too_many_blocked:
            return {409, "live.too_many_blocked", "You have blocked 500 people already: unblock one first"};
        case Errc::report_not_found:
            return {404, "live.report_not_found", "There is no such report"};
        case Errc::report_incomplete:
            return {422, "live.report_incomplete", "Say which message, person or stream the report is about"};
        case Errc::report_resolved:
            return {409, "live.report_resolved", "This report is resolved already"};
        case Errc::resolution_does_not_fit:
            return {422, "live.resolution_does_not_fit", "A report of this kind cannot be resolved that way"};
        case Errc::recording_not_found:
            return {404, "live.recording_not_found", "There is no recording of this stream"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

}  // namespace liveshop::live
