#pragma once
// What is decided without asking anybody.
#include <span>

#include "modules/identity/kyc_requests.hpp"
#include "platform/states.hpp"

namespace liveshop::identity {

enum class UserEvent { verify, suspend, reactivate };
BOOST_DESCRIBE_ENUM(UserEvent, verify, suspend, reactivate)

/// A new account may shop; it is active once its e-mail address is confirmed.
inline constexpr auto user_machine = [] {
    using enum UserStatus;
    using enum UserEvent;
    return Machine<UserStatus, UserEvent, 4>{pending_verification,
                                             {{
                                                 {pending_verification, verify, active},
                                                 {pending_verification, suspend, suspended},
                                                 {active, suspend, suspended},
                                                 {suspended, reactivate, active},
                                             }}};
}();
static_assert(user_machine.sound());
static_assert(!user_machine.next(UserStatus::suspended, UserEvent::verify), "a code does not lift a suspension");

enum class KycEvent { verify, reject };
BOOST_DESCRIBE_ENUM(KycEvent, verify, reject)

/// Of a submission. After a rejection another one may be handed in.
inline constexpr auto kyc_machine = [] {
    using enum KycStatus;
    using enum KycEvent;
    return Machine<KycStatus, KycEvent, 2>{pending, {{{pending, verify, verified}, {pending, reject, rejected}}}};
}();
static_assert(kyc_machine.sound());
static_assert(kyc_machine.is_final(KycStatus::verified) && kyc_machine.is_final(KycStatus::rejected));

/// What somebody of the role has to hand in; nothing for roles that nobody asks.
constexpr std::span<const KycDocumentKind> documents_required(Role role) {
    using enum KycDocumentKind;
    static constexpr std::array driver{identity_front, driving_licence};
    static constexpr std::array seller{identity_front, business_registration};
    if (role == Role::driver) return driver;
    if (role == Role::store_owner) return seller;
    return {};
}

inline constexpr int code_attempts_max = 5;
inline constexpr int codes_per_hour_max = 5;  ///< of a person, and to an address
inline constexpr std::int64_t addresses_max = 20;

constexpr std::int64_t code_ttl_s(VerificationPurpose purpose) {
    switch (purpose) {
        case VerificationPurpose::reset_password:
            return 30 * 60;
        case VerificationPurpose::verify_phone:
            return 10 * 60;
        case VerificationPurpose::verify_email:
        case VerificationPurpose::change_email:
            break;
    }
    return 24 * 3600;
}

/// The number as the phone network takes it, "+4930123456" (E.164), or nothing.
std::optional<std::string> phone_number(std::string_view typed);
/// "de", "en-GB", "zh-Hant-TW": language, script, region (RFC 5646, 2.1).
bool is_locale(std::string_view text);
/// A day of the calendar, at least `years` before `now`, "2001-02-28".
bool is_birthday(std::string_view text, int years, Timestamp now);

}  // namespace liveshop::identity
