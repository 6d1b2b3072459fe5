#pragma once
#include <stdexcept>
#include <string>
#include <typeindex>
#include <utility>
#include <vector>

namespace liveshop {

/// What handlers may reach beside the database, by type: settings and the doors to the outside world.
/// Filled once per thread at start; the objects belong to whoever added them.
class Services {
  public:
    template <class T>
    void add(T& service) {
        entries_.emplace_back(typeid(T), const_cast<void*>(static_cast<const void*>(&service)));
    }

    template <class T>
    T& get() const {
        for (const auto& [type, service] : entries_)
            if (type == typeid(T)) return *static_cast<T*>(service);
        throw std::logic_error(std::string("no service of type ") + typeid(T).name());
    }

  private:
    std::vector<std::pair<std::type_index, void*>> entries_;
};

}  // namespace liveshop
