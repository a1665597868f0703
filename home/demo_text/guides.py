"""Four guides."""

from .blocks import Block, notice, steps

INDEX_PAGE = ("panduan", "Panduan", "Petunjuk langkah demi langkah. Setiap panduan dapat dicetak.", [])

#: slug, title, lead, body
GUIDES: list[tuple[str, str, str, list[Block]]] = [
    (
        "mendaftar-akun",
        "Cara mendaftar akun",
        "Satu akun cukup untuk semua perusahaan yang Anda urus. Yang diperlukan hanya alamat surel yang aktif.",
        [
            steps(
                (
                    "Buka halaman Daftar",
                    "Tekan tombol <b>Daftar</b> di kanan atas. Bila Anda sedang membaca halaman layanan, "
                    "setelah mendaftar Anda kembali ke halaman itu.",
                    "form",
                ),
                (
                    "Isi alamat surel dan kata sandi",
                    "Pakai alamat yang dibaca setiap hari, karena semua pemberitahuan "
                    "dikirim ke sana. Kata sandi sekurang-kurangnya 8 karakter dan tidak mudah ditebak.",
                    "",
                ),
                (
                    "Konfirmasi alamat surel",
                    "Buka pesan dari dinas, lalu tekan tautannya. Tautan berlaku 7 hari. Tidak ada "
                    'pesan? Periksa folder spam atau <a href="/akun/kirim-ulang/">minta dikirim ulang</a>.',
                    "mail",
                ),
                (
                    "Daftarkan perusahaan",
                    "Setelah masuk, buka <b>Perusahaan</b> dan isi nama, NIB, alamat, dan jumlah "
                    "pekerja. Data ini dipakai lagi pada setiap permohonan.",
                    "",
                ),
            ),
            notice(
                "<p>Jangan memakai akun orang lain. Tambahkan rekan kerja sebagai pengurus perusahaan, "
                "agar setiap orang "
                "masuk dengan akunnya sendiri.</p>"
            ),
        ],
    ),
    (
        "mengajukan-pp",
        "Cara mengajukan PP",
        "Dari menyiapkan naskah sampai mengirim permohonan. Formulir tersimpan sebagai draf, jadi dapat "
        "dilanjutkan kapan saja.",
        [
            steps(
                (
                    "Periksa kewenangan dan persyaratan",
                    "Pastikan seluruh tempat kerja berada di Kota Bekasi. Baca daftar "
                    'dokumen pada halaman <a href="/layanan/pengesahan-pp/">Pengesahan Peraturan Perusahaan</a>.',
                    "",
                ),
                (
                    "Mintakan saran wakil pekerja",
                    "Naskah PP disampaikan kepada serikat pekerja atau wakil pekerja untuk "
                    "dimintakan saran dan pertimbangan. Simpan buktinya.",
                    "agreement",
                ),
                (
                    "Siapkan berkas",
                    "Naskah lengkap yang ditandatangani pengusaha, dalam PDF yang teksnya dapat dicari atau "
                    "DOCX. Dokumen lain boleh berupa hasil pindai yang terbaca.",
                    "documents",
                ),
                (
                    "Isi formulir",
                    "Tekan <b>Ajukan</b> pada halaman layanan. Bila data belum lengkap, simpan sebagai draf.",
                    "form",
                ),
                (
                    "Unggah dokumen satu per satu",
                    "Setiap dokumen menampilkan jenis berkas dan ukuran yang diterima. Berkas "
                    "yang salah dapat diganti sebelum dikirim.",
                    "",
                ),
                (
                    "Periksa lalu kirim",
                    "Baca ringkasannya, beri tanda pada pernyataan kebenaran data, lalu kirim. Anda "
                    "menerima nomor permohonan dan tanda terima.",
                    "",
                ),
                (
                    "Ikuti prosesnya",
                    "Buka <b>Permohonan saya</b>. Garis kemajuan menunjukkan tahap saat ini, dan setiap "
                    "perubahan diberitahukan melalui surel.",
                    "calendar",
                ),
            ),
        ],
    ),
    (
        "memperbaiki-berkas",
        "Cara memperbaiki berkas",
        "Permohonan yang dikembalikan bukan ditolak. Perbaiki bagian yang diminta, lalu kirim lagi.",
        [
            steps(
                (
                    "Baca pemberitahuan",
                    "Surel pemberitahuan menyebut nomor permohonan dan batas waktunya. Batas perbaikan "
                    "14 hari kerja dihitung sejak pemberitahuan diterima.",
                    "mail",
                ),
                (
                    "Buka catatan petugas",
                    "Pada <b>Permohonan saya</b>, permohonan yang menunggu Anda berada paling atas. "
                    "Setiap catatan menyebut dokumen atau pasal, apa yang kurang, dasar hukumnya, dan saran.",
                    "review",
                ),
                (
                    "Perbaiki yang diminta saja",
                    "Ganti berkas atau isian pada catatan itu. Bagian lain tidak berubah, "
                    "sehingga petugas tidak perlu memeriksa semuanya dari awal.",
                    "documents",
                ),
                (
                    "Jawab setiap catatan",
                    "Tulis singkat apa yang diperbaiki. Bila tidak setuju, jelaskan alasannya.",
                    "",
                ),
                (
                    "Kirim perbaikan",
                    "Setelah semua catatan terjawab, tekan <b>Kirim perbaikan</b>. Versi lama tetap "
                    "tersimpan dan dapat dibandingkan.",
                    "",
                ),
            ),
            notice(
                "<p>Bila batas waktu terlewati, proses dimulai dari awal. Data Anda tetap tersimpan untuk pengajuan "
                "berikutnya.</p>",
                "Perhatikan batas waktu",
                "warn",
            ),
        ],
    ),
    (
        "memeriksa-keaslian-sk",
        "Cara memeriksa keaslian SK",
        "Siapa pun dapat memeriksa apakah surat keputusan benar diterbitkan oleh dinas, tanpa akun.",
        [
            steps(
                (
                    "Pindai kode QR",
                    "Arahkan kamera telepon ke kode QR pada surat keputusan. Pastikan alamat yang terbuka "
                    "adalah alamat situs dinas.",
                    "verify",
                ),
                (
                    "Atau ketik kodenya",
                    'Buka <a href="/psk/verifikasi/">Cek Keaslian SK</a> lalu isi kode yang tertulis di bawah kode QR.',
                    "",
                ),
                (
                    "Bandingkan isinya",
                    "Cocokkan nomor, nama perusahaan, jenis, dan masa berlaku dengan surat yang Anda "
                    "pegang. Perhatikan juga statusnya: berlaku, diganti, dicabut, atau berakhir.",
                    "",
                ),
                (
                    "Cocokkan berkasnya",
                    "Bila Anda memegang berkas PDF, unggah pada halaman yang sama. Sistem mencocokkan "
                    "sidik digitalnya; berkas Anda tidak disimpan.",
                    "documents",
                ),
            ),
            notice(
                "<p>Bila hasilnya tidak cocok, sampaikan kepada kami melalui halaman "
                '<a href="/kontak/">Kontak</a>.</p>',
                "Tidak cocok?",
                "warn",
            ),
        ],
    ),
]
