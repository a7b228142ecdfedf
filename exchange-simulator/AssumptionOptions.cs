using System.ComponentModel.DataAnnotations;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>How the exchange does what its documentation leaves open; a client must get along with each of these.</summary>
public sealed class AssumptionOptions
{
    /// <summary>What orders have that name no prevention of trades with oneself. Default EXPIRE_MAKER, as recorded orders show.</summary>
    [EnumDataType(typeof(SelfTradePrevention))]
    public SelfTradePrevention DefaultSelfTrade { get; set; } = SelfTradePrevention.ExpireMaker;

    /// <summary>What orders may name; empty allows all.</summary>
    public IList<SelfTradePrevention> AllowedSelfTrade { get; set; } =
        [SelfTradePrevention.ExpireTaker, SelfTradePrevention.ExpireMaker, SelfTradePrevention.ExpireBoth, SelfTradePrevention.Decrement, SelfTradePrevention.Transfer];

    /// <summary>How fees are rounded to eight decimals. Default towards zero.</summary>
    [EnumDataType(typeof(MidpointRounding))]
    public MidpointRounding CommissionRounding { get; set; } = MidpointRounding.ToZero;

    /// <summary>The HTTP status of -2014 and -2015. Default 401.</summary>
    [Range(400, 499)]
    public int KeyErrorStatus { get; set; } = 401;

    /// <summary>What a first trade gives back of the count of unfilled orders, of one that took. Default 1.</summary>
    [Range(0, 100)]
    public int CountBackForTaker { get; set; } = 1;

    /// <summary>What a first trade gives back of the count of unfilled orders, of one that rested. Default 5.</summary>
    [Range(0, 100)]
    public int CountBackForMaker { get; set; } = 5;

    /// <summary>The HTTP status of an unfinished request, code -1007. Default 504.</summary>
    [Range(400, 599)]
    public int TimeoutStatus { get; set; } = 504;

    /// <summary>There is a call that tells what a key may do, as in production; false answers 404, as the testnet does. Default true.</summary>
    public bool TellsKeyRights { get; set; } = true;

    /// <summary>Errors of stream connections lie in an object <c>error</c>. Default false: code and text stand beside the id.</summary>
    public bool WrapsStreamErrors { get; set; }

    /// <summary>An open order's client order id is taken in all symbols of its account. Default false: in its own symbol alone.</summary>
    public bool ClientIdsSpanSymbols { get; set; }

    /// <summary>Of several closed orders (or lists) of one id a look-up finds the oldest. Default false: the newest.</summary>
    public bool FindsOldestClosed { get; set; }

    /// <summary>A pair locks what both legs need. Default false: what the leg needs that needs more.</summary>
    public bool PairsLockBothLegs { get; set; }

    /// <summary>Pending orders of a list lock what they need from the list's placement on. Default false: once they are brought in.</summary>
    public bool LocksPendingLegs { get; set; }

    /// <summary>A purchase at the market for more than there is of the quote currency spends all of it, and the rest expires. Default false: it is refused.</summary>
    public bool MarketBuysSpendAll { get; set; }

    /// <summary>The quantity of an order by value is rounded to the nearest step. Default false: down, so that a purchase costs no more than was asked.</summary>
    public bool RoundsValueToNearestStep { get; set; }

    /// <summary>A stop price that equals the last price is refused, as one that was passed. Default true; false has it wait for the next trade.</summary>
    public bool EqualStopTriggers { get; set; } = true;

    /// <summary>A LIMIT_MAKER at the very price of the other side is refused, as one beyond it. Default true; false lets it rest there.</summary>
    public bool EqualPriceCrosses { get; set; } = true;

    /// <summary>The next part of an iceberg keeps the place that the last one had at its price. Default false: it goes behind all who wait there.</summary>
    public bool IcebergsKeepPlace { get; set; }

    /// <summary>A second report NEW tells that the price of a contingent order has come. Default true; false tells its trades alone.</summary>
    public bool TellsOfTrigger { get; set; } = true;

    /// <summary>A <c>listStatus</c> comes at a random place among the account's other events of its moment. Default false: where the list changed.</summary>
    public bool ShufflesListStatus { get; set; }

    /// <summary>REST tells candles in which nothing was traded, flat at the price before. Default true; false leaves them out.</summary>
    public bool TellsEmptyKlines { get; set; } = true;

    /// <summary>A report REPLACED has the order's id before the amendment in <c>C</c>. Default true; false leaves <c>C</c> empty.</summary>
    public bool TellsReplacedId { get; set; } = true;

    /// <summary>An order that is amended to no more than it has executed expires. Default true; false refuses that.</summary>
    public bool AmendToExecutedExpires { get; set; } = true;

    /// <summary>A price too far from the average fails the filter PERCENT_PRICE_BY_SIDE. Default true; false names it PERCENT_PRICE.</summary>
    public bool NamesPercentPriceSide { get; set; } = true;
}
