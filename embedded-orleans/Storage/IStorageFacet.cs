namespace Orleans.Storage;

/// <summary>A constructor argument that is read before its grain activates.</summary>
internal interface IStorageFacet
{
    Task ReadStateAsync(CancellationToken cancellationToken);
}
