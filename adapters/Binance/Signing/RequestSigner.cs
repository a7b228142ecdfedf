namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>Signs what is sent to Binance with the private half of one API key.</summary>
/// <remarks>May be used by several threads at once. Neither key nor signature belongs into a log.</remarks>
public abstract class RequestSigner : IDisposable
{
    /// <summary>The length of the longest signature, in ASCII characters.</summary>
    public abstract int LongestSignature { get; }

    /// <summary>Writes the signature of the payload as text that is not yet percent-encoded.</summary>
    /// <param name="signature">At least <see cref="LongestSignature"/> bytes.</param>
    /// <returns>The length of the signature, in ASCII characters.</returns>
    public abstract int Sign(ReadOnlySpan<byte> payload, Span<byte> signature);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public sealed override string ToString() => Secrets.KnownSecrets.Mask;

    protected abstract void Dispose(bool disposing);
}
