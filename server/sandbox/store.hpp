#pragma once
#include <filesystem>
#include <fstream>
#include <span>
#include <tuple>
#include <unordered_map>

#include "sandbox/objects.hpp"

namespace liveshop::sandbox {

/// Everything one request changed: a line of the journal, so that it happened whole or not at all.
struct Changes {
    std::vector<Customer> customers;
    std::vector<PaymentMethod> payment_methods;
    std::vector<PaymentIntent> payment_intents;
    std::vector<Charge> charges;
    std::vector<Refund> refunds;
    std::vector<Account> accounts;
    std::vector<Transfer> transfers;
    std::vector<Event> events;
    std::vector<KeptAnswer> kept_answers;
};
BOOST_DESCRIBE_STRUCT(Changes, (),
                      (customers, payment_methods, payment_intents, charges, refunds, accounts, transfers, events,
                       kept_answers))

/// Objects in memory in order of creation, and a journal in `folder`/journal.jsonl that is read back at the next start.
class Store {
  public:
    /// Throws std::runtime_error where the folder cannot be used or a line in it makes no sense; a last line cut short
    /// by a crash is dropped, as its request was never answered.
    explicit Store(const std::filesystem::path& folder);

    template <class T>
    const T* find(std::string_view id) const {
        const Table<T>& table = std::get<Table<T>>(tables_);
        const auto place = table.places.find(std::string(id));
        return place == table.places.end() ? nullptr : &table.rows[place->second];
    }
    template <class T>
    std::span<const T> all() const {
        return std::get<Table<T>>(tables_).rows;
    }
    /// Inserts or replaces; in the journal with the next commit.
    template <class T>
    void save(const T& object) {
        put(object);
        each_field<Changes>([&](const char*, auto member) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(pending_.*member)>, std::vector<T>>)
                (pending_.*member).push_back(object);
        });
        dirty_ = true;
    }
    /// Writes what was saved since the last one. Survives the end of the process, not of the machine (no fsync).
    void commit();

  private:
    template <class T>
    struct Table {
        std::vector<T> rows;
        std::unordered_map<std::string, std::size_t> places;
    };

    template <class T>
    void put(const T& object) {
        Table<T>& table = std::get<Table<T>>(tables_);
        const auto [place, added] = table.places.emplace(object.id, table.rows.size());
        if (added)
            table.rows.push_back(object);
        else
            table.rows[place->second] = object;
    }
    void replay(const std::filesystem::path& journal);

    std::tuple<Table<Customer>, Table<PaymentMethod>, Table<PaymentIntent>, Table<Charge>, Table<Refund>,
               Table<Account>, Table<Transfer>, Table<Event>, Table<KeptAnswer>>
        tables_;
    Changes pending_;
    bool dirty_ = false;
    std::ofstream out_;
};

}  // namespace liveshop::sandbox
