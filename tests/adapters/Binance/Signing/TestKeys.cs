namespace OrleansTrader.Adapters.Tests.Binance.Signing;

/// <summary>Keys that open nothing: those that the exchange's documentation prints, and ones made for these tests.</summary>
internal static class TestKeys
{
    /// <summary>Printed in the exchange's documentation.</summary>
    public const string ApiKey = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";

    /// <summary>Printed in the exchange's documentation.</summary>
    public const string Secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";

    /// <summary>TEST 1 of RFC 8032 as PKCS#8.</summary>
    public const string Ed25519Base64 = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";

    public const string Ed25519 = "-----BEGIN PRIVATE KEY-----\n" + Ed25519Base64 + "\n-----END PRIVATE KEY-----\n";

    /// <summary>Made by <c>openssl genpkey</c> for these tests.</summary>
    public const string Rsa =
        """
        -----BEGIN PRIVATE KEY-----
        MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCwXuld3ftanYvU
        4ZNbOboHyieoaAuVhrKcTtfWksYlfqMSB6te+TIcXWK8uGb/Q8/TyHtcYAjysqZw
        23Ka0loCPqCHbxY4gnc90x+woj2fICykMaf/exAmvRw51HsSD+zyHIiOrfGBo0rV
        +kshK6jwrUpj8t1K3HBqL41XI0XwNtSP3RCmqBptYxGkKAdURiDr6XR8lJtjgqv1
        SiCKzB3QIb8QHgEV4jPnNQljGajyRU3R5PJkzOp+q0sVrd6riy5gIJ+M1BlM28Yb
        S8CrdI27jL96r/MhM9mIlKoXHak64Q5S5Ts4rw1EWxS9k9V9PyLsgnb71bSIoQzQ
        W59zHi79AgMBAAECggEAKlLAWBLomixjzZRLHvFZm7xua1p6aymda2Z9I4Ppsj4z
        JiS6gko09PsQ8l4i8z8j3HvH5Jk0FH978umqVQ5E5LSAI7fr4mgmcqra+DFarbiU
        FdvHp4Zx0AYCA7uiQ+mX79qah3ik03nqv7H2PPHD8ut2xkjVwzzmagjat04i3pt3
        ctQigrU1A3GT0hII2tdoftljOx0DYDTKaDYOCHYeNHEOiXe+9RogufufVMWjRUcm
        5tHn90gifJr0ogTuTFPqCmcRMyrzYIT6kwTD83Tr8tQq99OL4xoypchraqhxD+4H
        z2EymIiMh3TEHWIUz/vghC0lCOLuzH9MnLKcTkyYqQKBgQDmWm9dc2vKTgCZmCqQ
        sh0MNGsU9EcI/XPwSCuDgTadC652LAnHuvAAO9tKYgLbtyN+vImGxZV+tyCvlnx0
        zXYTM+fjfM1o4jUNIvpXdacYd1iDYPR9dxFeB3QWX8q+tqvnrzd2osjPvNjtD3ua
        us/JQVqcrzNC7rFzLsfhUt/j5QKBgQDEAdvELCnQQagPq38ZOWMNuJ9vwexTySz2
        rQKk04GLIJqc20Sbh8QkV4BBNrN/P6BFDwUcG+eA/nGpXK7Axo2fWEz5ghqc18HD
        SUVnAk8nkUU0LWNA+no5lC33a/FauQc5BMj5EO0Wmr+O+1vqEYOzqzOu81aKXpKS
        2wGfiG2dOQKBgQCGhUmDyWOpQOQYzkQNO/a6qeHe2sig92I9b+f5Y/wAulGnsRAF
        E6YUfOATECmbJdgUqwWlLr2ewlLUN412qIXLsQQ6VSefmHpisYqAiLSMFSYbkwM0
        QdRilPe2GTrNJOA+7JP3NBkRN7d2uRP1yCKP5RqFZcsJy1rVaPxRGZSmAQKBgQCd
        PZxvCLrWjgVj5MGGm8oB9O06u4h6QrZmga7QSbjvws0mLqUgXE8WlHeYWWiwGXva
        Ss1fmmcizXyjUG4EyoRMo4rE0wHEdzXDE2Gw3GJhrKGm1Q59zzMERAKILbkmfa70
        qAkN/e0lKCmqa6113m0YUqyYmi//uxS86SKpN8ovyQKBgFGFSy087KEpdKRRNPF/
        PU9hc7sOAr1Z8+5jPnb92KBw1va1A1scvYqvUzrdogY2UVUDYyweLTXaEhOhLYEi
        h17Qk1RYTGxFYCzUu3b/4eWUoWy5m/FKQG8WRKTCtSfuP9xTtk0ft8BOpfkJEIAc
        33+7DVmKx5kS0Nt3sWkqkt0z
        -----END PRIVATE KEY-----
        """;
}
