namespace OrleansTrader.Adapters.Tests.StrategyFiles;

/// <summary>Strategies as an owner writes them, to be spoilt in one way.</summary>
internal static class Source
{
    public static string Of(string name = "mine", string evaluate = "return Signal.Hold;", string prepare = "", string parameters = "", string more = "") => $$"""
        public sealed class Mine(StrategyValues values) : BarStrategy
        {
            private static readonly StrategyParameter Bars = StrategyParameter.Bars("Bars", 20, 2, 100, "bars of the average");
            private readonly int _bars = values.Whole(Bars);
            private Ema _average = null!;
            public static StrategyEntry Entry { get; } = new("{{name}}", "Does what a test asks.", [Bars{{parameters}}], values => new Mine(values)){{more}};
            public override string Name => "{{name}}";
            protected override void Prepare(IndicatorSet indicators)
            {
                _average = indicators.Ema(_bars);
                {{prepare}}
            }
            protected override Signal Evaluate(in Candle candle, VoteSheet? votes)
            {
                {{evaluate}}
            }
        }
        """;
}
