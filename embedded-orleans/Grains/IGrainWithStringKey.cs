namespace Orleans;

/// <summary>A grain contract whose grains are identified by a string.</summary>
public interface IGrainWithStringKey : IGrain;
