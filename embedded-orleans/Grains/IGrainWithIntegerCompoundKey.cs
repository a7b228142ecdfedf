namespace Orleans;

/// <summary>A grain contract whose grains are identified by a 64-bit integer and a text.</summary>
public interface IGrainWithIntegerCompoundKey : IGrain;
