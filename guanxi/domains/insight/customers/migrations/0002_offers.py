from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insight_customers", "0001_initial"),
    ]

    operations = [
        migrations.AddField("customerinsight", "offer", models.UUIDField(null=True)),
        migrations.AddField("customerinsight", "offers", models.JSONField(null=True)),
        migrations.AddIndex(
            "customerinsight",
            models.Index(
                fields=["workspace", "offer", "id"],
                condition=models.Q(offer__isnull=False),
                name="customer_insight_offer",
            ),
        ),
    ]
