using System.ComponentModel.DataAnnotations;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>How the exchange does what its documentation leaves open; a client must get along with each of these.</summary>
public sealed class AssumptionOptions
{
    /// <summary>What orders have that name no prevention of trades with oneself. Default EXPIRE_MAKER, as recorded orders show.</summary>
    public SelfTradePrevention DefaultSelfTrade { get; set; } = SelfTradePrevention.ExpireMaker;

    /// <summary>What orders may name; empty allows all.</summary>
    public IList<SelfTradePrevention> AllowedSelfTrade { get; set; } =
        [SelfTradePrevention.ExpireTaker, SelfTradePrevention.ExpireMaker, SelfTradePrevention.ExpireBoth, SelfTradePrevention.Decrement, SelfTradePrevention.Transfer];

    /// <summary>How fees are rounded to eight decimals. Default towards zero.</summary>
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
}
