using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;

namespace OrleansTrader.Core.Ports;

/// <summary>A choice of facts by what they are: a kind, or a group that a person asks for.</summary>
public sealed record JournalKinds
{
    private const string LoginMark = "log";
    private const string CredentialMark = "credentials";
    private const string SettingsMark = "settings";

    private static readonly ImmutableSortedDictionary<string, ImmutableHashSet<FactKind>> Groups = new Dictionary<string, ImmutableHashSet<FactKind>>(StringComparer.OrdinalIgnoreCase)
    {
        ["orders"] = [FactKind.OrderCreated, FactKind.OrderAccepted, FactKind.OrderRejected, FactKind.OrderUnknown, FactKind.CancelRequested, FactKind.CancelRefused, FactKind.OrderEnding, FactKind.OrderClosed, FactKind.Filled],
        ["limits"] = [FactKind.LimitHit, FactKind.LimitLifted, FactKind.LimitsChanged, FactKind.LockSet, FactKind.LockLifted],
        ["facts"] = [.. Enum.GetValues<FactKind>()],
        ["settings"] = [FactKind.AccountOpened, FactKind.TermsChanged, FactKind.SymbolListed, FactKind.RealMoney],
        ["controls"] = [FactKind.RunStateChanged, FactKind.KillSwitchPulled, FactKind.KillSwitchReleased, FactKind.FundsMoved, FactKind.AccountReset, FactKind.LimitLifted, FactKind.LockLifted, FactKind.LimitsChanged, FactKind.CommandGiven, FactKind.Armed, FactKind.Disarmed],
        ["logins"] = [],
        ["decisions"] = [],
        ["bought"] = [],
        ["left"] = [],
        ["reduced"] = [],
        ["kept"] = [],
        ["refused"] = [],
    }.ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly string _group = "";
    private readonly ImmutableHashSet<FactKind> _kinds = [];

    private JournalKinds()
    {
    }

    private JournalKinds(string group, ImmutableHashSet<FactKind> kinds) => (_group, _kinds) = (group, kinds);

    public static JournalKinds All { get; } = new();

    /// <summary>The names of the groups.</summary>
    public static IEnumerable<string> GroupNames => Groups.Keys;

    /// <summary>By the name of a group or of a kind, however its letters are written.</summary>
    public static bool TryParse(string name, out JournalKinds kinds)
    {
        kinds = All;
        ArgumentNullException.ThrowIfNull(name);
        foreach (var (group, members) in Groups)
            if (string.Equals(group, name, StringComparison.OrdinalIgnoreCase)) kinds = new JournalKinds(group, members);
        foreach (var kind in Enum.GetValues<FactKind>())
            if (kind != FactKind.None && string.Equals(kind.ToString(), name, StringComparison.OrdinalIgnoreCase)) kinds = new JournalKinds("kind", [kind]);
        return !ReferenceEquals(kinds, All);
    }

    public bool Has(in Fact fact) => _group switch
    {
        "" => true,
        "decisions" => fact.Decision is not null,
        "bought" => fact.Decision?.Kind == DecisionKind.Bought,
        "left" => fact.Decision?.Kind == DecisionKind.Left,
        "reduced" => fact.Decision?.Kind == DecisionKind.Reduced,
        "kept" => fact.Decision?.Kind == DecisionKind.Kept,
        "refused" => fact.Decision?.Kind == DecisionKind.Refused,
        "logins" => fact.Command is { } command && (Begins(command, LoginMark) || Begins(command, CredentialMark)),
        "settings" when fact.Command is { } command => Begins(command, SettingsMark),
        _ => _kinds.Contains(fact.Kind),
    };

    private static bool Begins(AccountCommand command, string mark) => command.What.StartsWith(mark, StringComparison.Ordinal);
}
