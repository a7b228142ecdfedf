using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>A service that others can reach, with a certificate of its own.</summary>
public sealed class EncryptedService : GuardedService
{
    protected override string[] Settings => ["--urls=https://0.0.0.0:0", "--Access:Certificate=cert.pem", "--Access:CertificateKey=key.pem", "--Access:Hosts=trader.example"];

    public override async ValueTask InitializeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=trader.example", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.Parse("2020-01-01", CultureInfo.InvariantCulture), DateTimeOffset.Parse("2100-01-01", CultureInfo.InvariantCulture));
        await File.WriteAllTextAsync(Path.Combine(Folder, "cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(Folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        await base.InitializeAsync();
    }
}
