using System.Collections.Immutable;
using System.Globalization;

namespace OrleansTrader.Core.Strategies;

/// <summary>A value within its range for each parameter of a strategy.</summary>
public sealed class StrategyValues
{
    private readonly ImmutableArray<StrategyParameter> _parameters;
    private readonly ImmutableArray<double> _values;

    internal StrategyValues(ImmutableArray<StrategyParameter> parameters, ImmutableArray<double> values) => (_parameters, _values) = (parameters, values);

    /// <exception cref="ArgumentException">The strategy has no such parameter.</exception>
    public double this[StrategyParameter parameter]
    {
        get
        {
            var index = _parameters.IndexOf(parameter);
            return index >= 0 ? _values[index] : throw new ArgumentException($"There is no parameter '{parameter?.Name}' here.", nameof(parameter));
        }
    }

    /// <summary>The value of a parameter that is a whole number.</summary>
    /// <exception cref="ArgumentException">The strategy has no such parameter.</exception>
    public int Whole(StrategyParameter parameter) => (int)this[parameter];

    /// <summary>Every parameter with its value, in the order in which the strategy declares them.</summary>
    public IEnumerable<KeyValuePair<string, double>> All => _parameters.Zip(_values, (parameter, value) => KeyValuePair.Create(parameter.Name, value));

    /// <summary>As name=value, separated by commas.</summary>
    public override string ToString() => string.Join(", ", All.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
}
