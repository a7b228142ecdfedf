namespace Orleans;

/// <summary>A grain contract whose grains are identified by a GUID and a text.</summary>
public interface IGrainWithGuidCompoundKey : IGrain;
