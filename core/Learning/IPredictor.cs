namespace OrleansTrader.Core.Learning;

/// <summary>What a trained model says of one symbol; the port through which strategies ask it.</summary>
/// <remarks>
/// The answer depends on the features alone, so that bars judged in blocks and bars judged singly get the same one. Another model is
/// another predictor, and a strategy is given one when it is made.
/// </remarks>
public interface IPredictor
{
    /// <summary>Which model it is, as every decision that it has a voice in bears it; never empty.</summary>
    string Version { get; }

    /// <summary>The probability that the price rises from here, 0 to 1; NaN when the model has nothing to say.</summary>
    /// <param name="features">The figures of one bar, in the order in which the model learned them; NaN where one is not known.</param>
    double Predict(ReadOnlySpan<double> features);
}
