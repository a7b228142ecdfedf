namespace Orleans;

/// <summary>A grain contract whose grains are identified by a GUID.</summary>
public interface IGrainWithGuidKey : IGrain;
