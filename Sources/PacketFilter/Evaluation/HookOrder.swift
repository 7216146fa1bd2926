import Addressing

/// The base chains of every hook in the order that the kernel runs them.
struct HookOrder: Sendable {
  /// What runs at one place of a hook.
  enum Step: Sendable {
    case chain(Int)
    /// The chains that translate addresses: run together, until one has chosen a translation.
    case translations([Int])
    /// The same, where the order of legacy and other chains at one priority is not known.
    case translationsInEitherOrder([Int], [Int])
    /// Chains of one priority, of which either group may run first.
    case eitherFirst([Int], [Int])
    /// Rules that could not be read.
    case unreadable(Doubt)
  }

  /// One place of a hook.
  struct Entry: Sendable {
    var priority: Int
    var step: Step
    /// Why the chain may not be called at all.
    var doubt: Doubt?
  }

  private var entries: [Hook: [Entry]] = [:]

  /// The order for packets of that family that come in by the interface.
  init(_ model: RulesetModel, _ family: IPAddress.Family, inInterface: String) {
    for hook in Hook.allCases {
      entries[hook] = Self.entries(model, family, hook, inInterface)
    }
    for missing in model.unreadable where missing.families.contains(family) {
      for hook in [Hook.prerouting, .input, .forward] {
        entries[hook, default: []].append(Entry(priority: .max, step: .unreadable(missing.doubt)))
      }
    }
  }

  /// The places of a hook, first to last.
  subscript(hook: Hook) -> [Entry] { entries[hook] ?? [] }

  private static func entries(
    _ model: RulesetModel, _ family: IPAddress.Family, _ hook: Hook, _ inInterface: String
  ) -> [Entry] {
    var result: [Entry] = []
    var translations: [(priority: Int, chain: Int)] = []
    var doubtOfTranslations: Doubt?
    // Of equal priority the one registered later runs first, so the list is walked from its end.
    for index in model.chains.indices.reversed() {
      guard let base = model.chains[index].base, base.hook == hook else { continue }
      let table = model.tables[model.chains[index].table]
      guard table.family.sees(family), table.dormancy != .yes else { continue }
      var doubt: Doubt? = if case .unknown(let doubt) = table.dormancy { doubt } else { nil }
      if hook == .ingress || hook == .egress {
        if let devices = base.devices {
          guard hook == .egress || devices.contains(inInterface) else { continue }
        } else {
          doubt = .notUnderstood("device of \(hook.rawValue) chain \(model.chains[index].name)")
        }
      }
      if base.kind == .nat {
        translations.append((base.priority, index))
        doubtOfTranslations = doubtOfTranslations ?? doubt
      } else {
        result.append(Entry(priority: base.priority, step: .chain(index), doubt: doubt))
      }
    }
    if !translations.isEmpty {
      let step = translationStep(translations, model)
      result.append(
        Entry(priority: translationPriority(hook), step: step, doubt: doubtOfTranslations))
    }
    return joined(stableSorted(result) { $0.priority }, model)
  }

  /// Joins the chains of each priority that are partly legacy and partly not.
  private static func joined(_ entries: [Entry], _ model: RulesetModel) -> [Entry] {
    var result: [Entry] = []
    var index = 0
    while index < entries.count {
      let same = entries[index...].prefix { $0.priority == entries[index].priority }
      index += same.count
      var (legacy, others): ([Int], [Int]) = ([], [])
      for entry in same {
        guard entry.doubt == nil, case .chain(let chain) = entry.step else { continue }
        let isLegacy = model.tables[model.chains[chain].table].origin == .legacy
        if isLegacy { legacy.append(chain) } else { others.append(chain) }
      }
      guard legacy.count + others.count == same.count, !legacy.isEmpty, !others.isEmpty,
        (legacy + others).filter({ mayStop($0, model) }).count > 1
      else {
        result += same
        continue
      }
      result.append(
        Entry(priority: same[same.startIndex].priority, step: .eitherFirst(legacy, others)))
    }
    return result
  }

  /// An empty chain that accepts is like none.
  private static func mayStop(_ chain: Int, _ model: RulesetModel) -> Bool {
    !model.chains[chain].rules.isEmpty || model.chains[chain].base?.policy == .drop
  }

  private static func translationStep(
    _ translations: [(priority: Int, chain: Int)], _ model: RulesetModel
  ) -> Step {
    let chains = stableSorted(translations) { $0.priority }
    func isLegacy(_ item: (priority: Int, chain: Int)) -> Bool {
      model.tables[model.chains[item.chain].table].origin == .legacy
    }
    let other = stableSorted(chains) { $0.priority * 2 + (isLegacy($0) ? 1 : 0) }
    let first = stableSorted(chains) { $0.priority * 2 + (isLegacy($0) ? 0 : 1) }
    let orders = [first.map(\.chain), other.map(\.chain)]
    return orders[0] == orders[1]
      ? .translations(chains.map(\.chain)) : .translationsInEitherOrder(orders[0], orders[1])
  }

  /// One hook function calls all chains that translate addresses.
  ///
  /// Source: `nf_nat_ipv4_ops` of the kernel: `NF_IP_PRI_NAT_DST` and `NF_IP_PRI_NAT_SRC`.
  private static func translationPriority(_ hook: Hook) -> Int {
    hook == .prerouting || hook == .output ? -100 : 100
  }

  private static func stableSorted<Item>(_ items: [Item], by key: (Item) -> Int) -> [Item] {
    items.enumerated()
      .sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }
      .map(\.element)
  }
}
