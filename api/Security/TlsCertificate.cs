using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api.Security;

/// <summary>The owner's certificate for https.</summary>
internal static class TlsCertificate
{
    /// <summary>Does nothing where none is set.</summary>
    /// <exception cref="SettingsException">It cannot be read.</exception>
    public static void Use(IWebHostBuilder host, AccessSettings settings)
    {
        if (settings.Certificate.Length == 0) return;
        try
        {
            var certificate = Usable(X509Certificate2.CreateFromPemFile(settings.Certificate, settings.CertificateKey.Length > 0 ? settings.CertificateKey : null));
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(settings.Certificate);
            host.ConfigureKestrel(server => server.ConfigureHttpsDefaults(https => (https.ServerCertificate, https.ServerCertificateChain) = (certificate, chain)));
        }
        catch (Exception failed) when (failed is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Access:Certificate is '{settings.Certificate}', which cannot be used: {failed.Message.TrimEnd('.')}; it must be a file in PEM, and its key in it or in Access:CertificateKey.", failed);
        }
    }

    /// <summary>Windows speaks https with no key that was never in a store.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows()) return certificate;
        using (certificate) return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
