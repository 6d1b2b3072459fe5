#include "platform/api/refusal.hpp"

#include "platform/api/api.hpp"
#include "platform/log.hpp"
#include "platform/time_limit.hpp"

namespace liveshop {
namespace {

bool is_outage(const db::Error& error) {
    return error.sqlstate.starts_with("08") || error.sqlstate.starts_with("57P") || error.sqlstate.starts_with("53") ||
           error.sqlstate == db::sqlstate::query_canceled;
}

Reply refusal_of_query(const db::Error& error, const Route& route, const std::vector<ConstraintRow>& constraints,
                       std::string_view request_id) {
    for (const ConstraintRow& row : constraints)
        if (!error.constraint.empty() && row.constraint == error.constraint) return refusal(row.error);
    log::error(
        "query failed",
        {{"request_id", request_id}, {"route", route.name}, {"sqlstate", error.sqlstate}, {"error", error.what()}});
    if (is_worth_a_retry(error)) {
        Reply reply = refusal(describe_error(PlatformErrc::conflict));
        reply.is_final = false;
        return reply;
    }
    return refusal(describe_error(is_outage(error) ? PlatformErrc::unavailable : PlatformErrc::internal));
}

}  // namespace

bool is_worth_a_retry(const db::Error& error) {
    return error.sqlstate == db::sqlstate::serialization_failure || error.sqlstate == db::sqlstate::deadlock_detected;
}

Reply refusal(const ErrorRow& row, std::string_view detail, const std::vector<FieldError>& faults, int wait_s) {
    Reply reply{.status = row.status, .body = problem_json(row, detail, faults)};
    if (row.status == 429 || row.status == 503) reply.headers.push_back({"Retry-After", std::to_string(wait_s)});
    reply.is_final = row.status < 500 && row.status != 429;
    return reply;
}

Reply refusal_of_current_exception(const Route& route, const std::vector<ConstraintRow>& constraints,
                                   std::string_view request_id) {
    try {
        throw;
    } catch (const RateLimited& limited) {
        return refusal(limited.row, limited.detail, {}, limited.wait_s);
    } catch (const Fail& fail) {
        return refusal(fail.row, fail.detail);
    } catch (const Invalid& invalid) {
        return refusal(describe_error(PlatformErrc::invalid), "", invalid.errors);
    } catch (const Overflow&) {
        return refusal(describe_error(PlatformErrc::invalid), "An amount is too large");
    } catch (const TimedOut&) {
        log::warning("handler cancelled", {{"request_id", request_id}, {"route", route.name}});
        return refusal(timed_out);
    } catch (const db::Error& error) {
        return refusal_of_query(error, route, constraints, request_id);
    } catch (const std::exception& error) {
        log::error("handler failed", {{"request_id", request_id}, {"route", route.name}, {"error", error.what()}});
    } catch (...) {
        log::error("handler failed", {{"request_id", request_id}, {"route", route.name}, {"error", "unknown"}});
    }
    return refusal(describe_error(PlatformErrc::internal));
}

}  // namespace liveshop
