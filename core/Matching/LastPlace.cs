using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrleansTrader.Core.Matching;

internal static class LastPlace
{
    /// <summary>A new last place of the list, to be written at once: what is handed to <c>Add</c> is copied twice more on its way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T NewIn<T>(List<T> list)
    {
        var index = list.Count;
        CollectionsMarshal.SetCount(list, index + 1);
        return ref CollectionsMarshal.AsSpan(list)[index];
    }
}
