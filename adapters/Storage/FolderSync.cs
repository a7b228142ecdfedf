using System.Runtime.InteropServices;
using System.Text;

namespace OrleansTrader.Adapters.Storage;

/// <summary>
/// Makes the names in a folder durable: on Unix a new or renamed file survives a power cut only once its folder is synced as well.
/// NTFS journals names itself, so on Windows there is nothing to do.
/// </summary>
internal static class FolderSync
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), flags: 0);
        if (handle < 0) throw Failed("opened", folder);
        try
        {
            if (Sync(handle) != 0) throw Failed("synced", folder);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failed(string what, string folder) =>
        new($"The folder {folder} cannot be {what}: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
