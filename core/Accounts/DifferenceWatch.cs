using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>Judges look by look whether what an account and its exchange differ in is only under way.</summary>
public sealed class DifferenceWatch
{
    /// <summary>How often the same money or coins must be too many or too few before they are taken over.</summary>
    private const int LooksBeforeAdoption = 3;

    /// <summary>How often an order must be there that the account is done with before it is taken back.</summary>
    private const int LooksBeforeTakingBack = 2;

    /// <summary>How often the exchange must have told of an order that stays different before that is final.</summary>
    private const int AnswersBeforeEnd = 4;

    /// <summary>How often is looked before that where the exchange does not tell: some four minutes.</summary>
    private const int MostLooks = 30;

    /// <summary>Seconds.</summary>
    private const int LongestPause = 10;

    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Attentive = TimeSpan.FromSeconds(5);

    /// <summary>Balances may show a trade later than orders do.</summary>
    private static readonly TimeSpan ShownAfter = TimeSpan.FromSeconds(12);

    private readonly Dictionary<long, int> _answers = [];
    private readonly HashSet<long> _stuck = [];
    private readonly HashSet<string> _traded = new(StringComparer.Ordinal);
    private Differences? _last;
    private TimeSpan _sameSince;
    private int _same;

    /// <summary>How many looks in a row have shown a difference.</summary>
    public int Looks { get; private set; }

    /// <summary>How long to wait before the next look: longer from look to look.</summary>
    public TimeSpan Pause => TimeSpan.FromSeconds(Math.Min(Looks, LongestPause));

    /// <summary>When to look again where nothing is in question: in a minute, or in five seconds while something lacks the order that it needs.</summary>
    public static TimeSpan CalmPause(AccountState account, Differences differences) =>
        account.Positions.Exists(position => position.IsExposed || position.IsUnprotected) || !differences.Stuck.IsEmpty ? Attentive : Calm;

    /// <summary>True when an order that the account is done with has been there for long enough.</summary>
    public bool MayTakeBack => _same >= LooksBeforeTakingBack;

    /// <summary>Begins anew: account and exchange agree, or nobody knows what was seen.</summary>
    public void Begin()
    {
        (_last, Looks, _same) = (null, 0, 0);
        _answers.Clear();
    }

    /// <summary>The exchange has told of an order in question.</summary>
    public void NoteAnswer(long orderId) => _answers[orderId] = _answers.GetValueOrDefault(orderId) + 1;

    /// <param name="isQuiet">Nothing was under way while both were asked.</param>
    /// <param name="now">By a steady clock.</param>
    public DifferenceVerdict Judge(Differences differences, bool isQuiet, TimeSpan now)
    {
        Looks++;
        _same = !isQuiet ? 0 : _last?.IsSameAs(differences) == true ? _same + 1 : 1;
        if (_same <= 1) _sameSince = now;
        _last = differences;
        // What an old journal does not know of may be all that protects a position.
        if (differences.Unwritten > 0) return DifferenceVerdict.Refuse;
        if (differences.IsOfAssets && _same >= LooksBeforeAdoption && now - _sameSince >= ShownAfter) return DifferenceVerdict.Adopt;
        return Looks >= MostLooks || IsFinal(differences) ? DifferenceVerdict.GiveUp : DifferenceVerdict.Ask;
    }

    /// <summary>
    /// What has to be looked after where account and exchange agree: positions that may lack an order, and stops that stay stuck. Where nothing is traded
    /// no order helps, and the owner is told of what is held there, until it is traded again.
    /// </summary>
    public IReadOnlyList<ExecutionReport> Care(AccountState account, Differences differences, ExchangePicture picture)
    {
        List<ExecutionReport> reports = [];
        foreach (var position in account.Positions)
        {
            if (picture.IsClosed(position.Symbol))
            {
                _traded.Remove(position.Symbol);
                if (position.IsHeld) reports.Add(new ExecutionReport { Kind = ReportKind.NotTraded, Symbol = position.Symbol, Time = picture.Time });
                continue;
            }

            if (IsTradedAgain(account, position, picture)) reports.Add(new ExecutionReport { Kind = ReportKind.TradedAgain, Symbol = position.Symbol, Time = picture.Time });
            // An order of its own that nobody can tell may be all that it needs.
            if (differences.Symbols.Any(differing => string.Equals(differing.Symbol, position.Symbol, StringComparison.Ordinal))) continue;
            if (position.IsExposed || position.IsUnprotected)
            {
                reports.Add(new ExecutionReport { Kind = ReportKind.Attention, Symbol = position.Symbol, Time = picture.Time });
            }
        }

        // Seen twice: the first time it may just be trading.
        foreach (var stop in differences.Stuck.Where(stop => _stuck.Contains(stop.OrderId) && !picture.IsClosed(stop.Symbol)))
            reports.Add(new ExecutionReport { Kind = ReportKind.StopStuck, Symbol = stop.Symbol, Time = picture.Time });
        _stuck.Clear();
        _stuck.UnionWith(differences.Stuck.Select(stop => stop.OrderId));
        return reports;
    }

    /// <summary>Seen twice, so that a symbol that comes and goes does not bring an alarm each time.</summary>
    private bool IsTradedAgain(AccountState account, Position position, ExchangePicture picture)
    {
        if (!picture.IsTraded(position.Symbol) || !account.Risk.Locks.Exists(held => held.Reason == LockReason.NotTraded && held.Holds(position.Symbol, picture.Time))) return false;
        if (_traded.Add(position.Symbol)) return false;
        return _traded.Remove(position.Symbol);
    }

    /// <summary>The exchange has told of every order in question, more than once, and they stay different.</summary>
    private bool IsFinal(Differences differences) =>
        !differences.IsOfAssets && differences.Orders.Select(order => order.OrderId).Concat(differences.Strays.Select(stray => stray.OrderId)).All(id => _answers.GetValueOrDefault(id) >= AnswersBeforeEnd);
}
