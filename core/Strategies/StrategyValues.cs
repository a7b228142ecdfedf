using System.Collections.Immutable;
using System.Globalization;
using OrleansTrader.Core.Learning;

namespace OrleansTrader.Core.Strategies;

/// <summary>A value within its range for each parameter of a strategy.</summary>
public sealed class StrategyValues
{
    private readonly ImmutableArray<StrategyParameter> _parameters;
    private readonly ImmutableArray<double> _values;

    internal StrategyValues(ImmutableArray<StrategyParameter> parameters, ImmutableArray<double> values, IPredictor? predictor = null) => (_parameters, _values, Predictor) = (parameters, values, predictor);

    /// <summary>The model that a strategy may ask for a prediction; null while there is none, and then a strategy decides without.</summary>
    public IPredictor? Predictor { get; }

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

    /// <summary>The same values, with that model.</summary>
    public StrategyValues With(IPredictor? predictor) => new(_parameters, _values, predictor);

    /// <summary>Every parameter with its value, in the order in which the strategy declares them.</summary>
    public IEnumerable<KeyValuePair<string, double>> All => _parameters.Zip(_values, (parameter, value) => KeyValuePair.Create(parameter.Name, value));

    /// <summary>As name=value, separated by commas.</summary>
    public override string ToString() => string.Join(", ", All.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
}
