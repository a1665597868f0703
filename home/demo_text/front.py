"""The front page and the office's particulars."""

from .blocks import card, link

OFFICE = {
    "hours": "Senin-Kamis 08.00-15.30\nJumat 08.00-14.30\nLayanan daring: setiap hari, 24 jam",
    "phone": "(021) 000-0000",
    "whatsapp": "0812-0000-0000",
    "email": "disnaker@contoh.test",
    "map_url": "https://www.openstreetmap.org/search?query=Jalan%20Ahmad%20Yani%2013%20Bekasi%20Selatan",
    "closing_line": "Layanan ini tidak dipungut biaya.",
    "links": [
        ("Kontak", "/kontak/"),
        ("Tanya jawab", "/panduan/tanya-jawab/"),
        ("Privasi", "/privasi/"),
        ("Standar pelayanan", "/layanan/standar-pelayanan/"),
        ("SP4N-LAPOR!", "https://www.lapor.go.id/"),
        ("Kementerian Ketenagakerjaan", "https://kemnaker.go.id/"),
    ],
}

HERO_TITLE = "Urus PP dan PKB tanpa antre"
HERO_TEXT = (
    "Ajukan pengesahan Peraturan Perusahaan (PP) atau pendaftaran Perjanjian Kerja Bersama (PKB), ikuti prosesnya, dan "
    "terima surat keputusannya dari kantor Anda. "
    "Semua persyaratan dapat dibaca sebelum mendaftar. Tidak dipungut biaya."
)
HERO_LINKS = [
    link("Lihat syarat dan ajukan", "/layanan/"),
    link("Permohonan saya", "/psk/permohonan/"),
]

BANDS = [
    {
        "type": "cards",
        "value": {
            "heading": "Yang dapat Anda lakukan di sini",
            "intro": "",
            "cards": [
                card(
                    "document",
                    "Pengesahan PP",
                    "Permohonan baru, pembaharuan, perpanjangan, dan perubahan, seluruhnya daring.",
                    "/layanan/pengesahan-pp/",
                ),
                card(
                    "handshake",
                    "Pendaftaran PKB",
                    "Pendaftaran baru, pembaharuan, perpanjangan, dan addendum. SP/SB mengonfirmasi lewat tautan.",
                    "/layanan/pendaftaran-pkb/",
                ),
                card(
                    "register",
                    "Perusahaan patuh",
                    "Daftar perusahaan yang PP atau PKB-nya masih berlaku.",
                    "/psk/register/",
                ),
                card(
                    "check",
                    "Cek keaslian SK",
                    "Cocokkan nomor atau kode QR surat keputusan dengan catatan kami.",
                    "/psk/verifikasi/",
                ),
                card("guide", "Panduan", "Petunjuk langkah demi langkah yang juga dapat dicetak.", "/panduan/"),
                card("phone", "Tanya dan mengadu", "Jam layanan, alamat, WhatsApp, dan saluran pengaduan.", "/kontak/"),
            ],
        },
    },
    {
        "type": "steps",
        "value": {
            "heading": "Lima langkah, seluruhnya daring",
            "intro": "Satu garis kemajuan menunjukkan di mana berkas Anda berada dan siapa yang sedang memeriksanya.",
            "steps": [
                {"title": "Daftar", "text": "Buat akun dengan alamat surel, lalu lengkapi data perusahaan."},
                {"title": "Ajukan", "text": "Isi formulir dan unggah naskah PP atau PKB beserta dokumen pendukung."},
                {"title": "Diperiksa", "text": "Verifikator memeriksa kelengkapan, korektor memeriksa materi."},
                {
                    "title": "Perbaiki bila diminta",
                    "text": "Setiap catatan menyebut pasal atau dokumen, alasan, dan batas waktunya.",
                },
                {"title": "SK terbit", "text": "Unduh surat keputusan dengan kode QR yang dapat diperiksa siapa saja."},
            ],
            "link": [link("Baca panduan lengkap", "/panduan/")],
        },
    },
    {
        "type": "figures",
        "value": {
            "heading": "Waktu dan biaya pengesahan PP",
            "figures": [
                {"value": "6 hari", "label": "kerja paling lama untuk meneliti materi PP"},
                {"value": "5 hari", "label": "kerja paling lama untuk menerbitkan SK setelah syarat terpenuhi"},
                {"value": "14 hari", "label": "kerja bagi perusahaan untuk memperbaiki"},
                {"value": "2 tahun", "label": "paling lama PP berlaku"},
                {"value": "Rp0", "label": "biaya layanan"},
            ],
            "note": "Permenaker Nomor 28 Tahun 2014 dan UU Nomor 13 Tahun 2003.",
        },
    },
    {"type": "announcements", "value": {"heading": "Pengumuman terbaru", "count": 3}},
]
