"""Chinese for the launcher's messages; `tests/launcher/test_commands.py` keeps the list complete."""

CHINESE: dict[str, str] = {
    "PostgreSQL may not run as root, and the system user “qince” could not be made.": (
        "PostgreSQL 不能以 root 身份运行，而系统用户“qince”又无法创建。"
    ),
    "Start Qince as an ordinary user, or create the user: useradd --system --user-group qince": (
        "请用普通用户启动 Qince，或先创建该用户：useradd --system --user-group qince"
    ),
    "collected": "已收集",
    "up to date": "已是最新",
    "unchanged": "无变化",
    "The tables in {data} are older than this Qince ({names}).": "{data} 中的数据表早于当前的 Qince（{names}）。",
    "The tables in {data} are of an early version that did not finish them ({names}).": (
        "{data} 中的数据表由早期版本建立且未完成升级（{names}）。"
    ),
    "Start them once with a checkout from before 0.1.0, which finishes them; then with this one.": (
        "请先用 0.1.0 之前的代码启动一次以完成升级，再用当前版本启动。"
    ),
    "Or start anew in another folder: ./qince up --data NEWDIR": "或使用新目录重新开始：./qince up --data 新目录",
    "Start it once, which brings them up to date:": "请先启动一次，数据表会自动升级：",
    "./qince up --data {data}": "./qince up --data {data}",
    "Update this checkout (git pull), or restore a backup made with this version:": (
        "请更新代码（git pull），或恢复由当前版本生成的备份："
    ),
    "./qince restore FILE --data NEWDIR": "./qince restore 文件 --data 新目录",
    "{count} applied": "已执行 {count} 项",
    "{count} compiled": "已编译 {count} 个",
    "The data in {data} was written by a newer Qince than this one ({names}).": (
        "{data} 中的数据由更新版本的 Qince 写入（{names}）。"
    ),
    "The database could not be read as a whole.": "无法完整读取数据库。",
    "With a server of your own, set QINCE_BACKUP_DATABASE_URL to a role that": (
        "使用自有数据库服务器时，请将 QINCE_BACKUP_DATABASE_URL 设为"
    ),
    "has BYPASSRLS and is a member of pg_read_all_data.": "具有 BYPASSRLS 且属于 pg_read_all_data 的角色。",
    "PostgreSQL's programs were not found in the environment.": "运行环境中没有找到 PostgreSQL 程序。",
    "Remove the .venv folder and start again, or name a server: QINCE_DATABASE_URL=postgresql://…": (
        "请删除 .venv 目录后重新启动，或指定数据库服务器：QINCE_DATABASE_URL=postgresql://…"
    ),
    "{program} does not say its version.": "{program} 没有给出版本号。",
    "ready": "就绪",
    "QINCE_PYTHON names {python}, which is not a program.": "QINCE_PYTHON 指向的 {python} 不是可执行程序。",
    "Give the path of a Python 3.11 or newer, or unset QINCE_PYTHON.": (
        "请填写 Python 3.11 或更新版本的路径，或取消 QINCE_PYTHON。"
    ),
    "The browser tests need {names}.": "浏览器测试需要 {names}。",
    "installed {names}": "已安装 {names}",
    "Summary": "汇总",
    "This system has no UTF-8 locale, so Chinese names could not be searched.": (
        "系统没有 UTF-8 语言环境，将无法搜索中文名称。"
    ),
    "Install one, for example C.UTF-8 or en_US.UTF-8.": "请安装一个，例如 C.UTF-8 或 en_US.UTF-8。",
    "The database did not start.": "数据库未能启动。",
    "With the Qince that made it: ./qince backup FILE": "先用创建它的 Qince 备份：./qince backup 文件",
    "Then with this one, on a new folder: ./qince restore FILE --data NEWDIR": (
        "再用当前版本恢复到新目录：./qince restore 文件 --data 新目录"
    ),
    "The database could not be created.": "数据库创建失败。",
    "The whole log: {path}": "完整日志：{path}",
    "The database in {folder} was made by PostgreSQL {theirs}; this Qince brings {ours}.": (
        "{folder} 中的数据库由 PostgreSQL {theirs} 创建，而当前 Qince 自带的是 {ours}。"
    ),
    "write the database and all files into one archive": "将数据库和全部文件备份为一个归档",
    "overwrite FILE if it exists": "文件已存在时覆盖",
    "Choose another name, or add --replace.": "请换一个文件名，或加上 --replace。",
    "Create it first.": "请先创建。",
    "Backup": "备份",
    "Written: {file} ({size:.1f} MB). It holds personal data and secrets.": (
        "已写入：{file}（{size:.1f} MB）。其中含个人信息和密钥。"
    ),
    "{file} exists already.": "{file} 已存在。",
    "{folder} does not exist.": "{folder} 不存在。",
    "{rows} rows, {files} files": "{rows} 行数据，{files} 个文件",
    "measure speed on this machine": "测量本机性能",
    "Runs on a database of its own with durable writes; your data is not touched.": (
        "在独立的数据库上运行，写入落盘；不会动用您的数据。"
    ),
    "print one JSON array; progress goes to stderr": "输出一个 JSON 数组；进度写到标准错误",
    "show which clauses of the agreement have a passing check": "显示协议中哪些条款已有通过的检查",
    "The last line reads: N of 400 clauses covered. Further words go to the check itself.": (
        "最后一行为：N of 400 clauses covered。其余参数交给检查程序。"
    ),
    "run only the database, for development": "只运行数据库（开发用）",
    "Prints the connection URLs as shell exports and runs until Ctrl-C.": (
        "以 shell export 形式输出连接地址，按 Ctrl-C 结束。"
    ),
    "faster, and worthless after a power cut": "更快，但断电后数据作废",
    "check this installation and say how to mend what is wrong": "检查安装情况，并说明如何修复",
    "Exits with 1 when something is wrong. Lines with ! are advice only.": (
        "发现问题时以状态 1 退出；带 ! 的行仅为建议。"
    ),
    "Everything is well.": "一切正常。",
    "Something is wrong; see the lines with ✗.": "存在问题，请看带 ✗ 的行。",
    "verify the audit trail of every organization": "校验所有企业的审计日志",
    "Exits with 1 when an entry was altered, removed or added, or a signed day does not fit.": (
        "如有记录被修改、删除或插入，或与某日签名不符，则返回 1。"
    ),
    "the database's clock agrees with this machine's": "数据库时钟与本机一致",
    "They differ by {seconds} s: let both machines follow one time service.": (
        "相差 {seconds} 秒：请让两台机器使用同一时间服务。"
    ),
    "run a Django management command (./qince manage help lists them)": (
        "运行 Django 管理命令（./qince manage help 列出全部）"
    ),
    "Uses the running database, or starts it for as long as the command takes.": (
        "使用正在运行的数据库；没有则在命令执行期间临时启动。"
    ),
    "restore an archive written by ./qince backup": "恢复 ./qince backup 生成的归档",
    "Restored. Start with ./qince up; it updates the tables if this version is newer.": (
        "已恢复。请用 ./qince up 启动；若当前版本更新，会自动升级数据表。"
    ),
    "replace the data that is there now": "替换现有数据",
    "Checking the archive": "校验归档",
    "Restored. Now restart the running Qince, so that it updates the tables if needed.": (
        "已恢复。请重启正在运行的 Qince，以便在需要时升级数据表。"
    ),
    "Restore into a new folder: --data NEWDIR": "恢复到新目录：--data 新目录",
    "Or replace what is there: --replace (make a backup first)": "或替换现有数据：--replace（请先备份）",
    "Restoring": "恢复",
    "Qince {version}, {time}": "Qince {version}，{time}",
    "The database in {data} is not empty.": "{data} 中的数据库不是空的。",
    "run every check: tests, types, lint, import rules, catalogues": (
        "运行全部检查：测试、类型、代码规范、导入规则、翻译"
    ),
    "Words it does not know go to pytest, and then only pytest runs: ./qince test tests/launcher -k owner": (
        "其余参数交给 pytest，此时只运行 pytest：./qince test tests/launcher -k owner"
    ),
    "the long forms of the reliability checks, too": "同时运行完整的可靠性检查",
    "run only this check; may be repeated": "只运行这一项检查；可重复使用",
    "what pytest shall run": "交给 pytest 的内容",
    "Environment": "运行环境",
    "Browser and fonts": "浏览器与字体",
    "start Qince: database, web server, sockets and jobs": "启动 Qince：数据库、网页服务、实时连接与后台任务",
    "Installs what is missing, creates or updates the database, and serves until Ctrl-C. "
    "QINCE_DATABASE_URL uses a PostgreSQL server of your own (15 or newer) instead of the embedded one.": (
        "安装缺少的内容，创建或升级数据库，持续服务直到按下 Ctrl-C。"
        "设置 QINCE_DATABASE_URL 可改用自有的 PostgreSQL 服务器（15 或更高版本）。"
    ),
    "load a demo organization, once": "载入演示企业（仅一次）",
    "Tables": "数据表",
    "Languages": "语言",
    "Static files": "静态文件",
    "Web, sockets and jobs": "网页、实时连接与任务",
    "Database": "数据库",
    "Demo organization": "演示企业",
    "Data: {data}   Stop: Ctrl-C": "数据：{data}   停止：Ctrl-C",
    "! The next steps cannot be shown: {reason}": "! 无法显示后续步骤：{reason}",
    "Stopping": "停止",
    "your own server": "自有服务器",
    "Qince runs at {address}": "Qince 已运行于 {address}",
    "Install with your system's package manager: {names}": "请用系统的软件包管理器安装：{names}",
    "Type: sudo {command}": "请输入：sudo {command}",
    "apt-get could not install {names}:": "apt-get 无法安装 {names}：",
    "“manage {name}” failed.": "“manage {name}”执行失败。",
    "tables match this version": "数据表与当前版本一致",
    "Set the clock; attendance and audit depend on it (timedatectl set-ntp true).": (
        "请校准时钟，考勤和审计依赖它（timedatectl set-ntp true）。"
    ),
    "Less than 2 GB: free some space, or move the data folder to another disk (--data DIR).": (
        "不足 2 GB：请清理空间，或将数据目录移到其他磁盘（--data 目录）。"
    ),
    "Install Python 3.11 or newer.": "请安装 Python 3.11 或更高版本。",
    "environment matches requirements.lock": "运行环境与 requirements.lock 一致",
    "Run ./qince up; it installs what is missing.": "请运行 ./qince up，它会安装缺少的内容。",
    "browser and fonts for the tests": "测试所需的浏览器与字体",
    "Qince needs PostgreSQL 15 or newer.": "Qince 需要 PostgreSQL 15 或更高版本。",
    "row-level security is forced on every tenant table": "每个企业数据表都强制启用了行级安全",
    "Django's own checks": "Django 自检",
    "The privacy notice must name who runs this: set {names}": "隐私政策必须写明运营者：请设置 {names}",
    "operator's contact details": "运营者联系方式",
    "{count} changes are waiting: ./qince up applies them.": (
        "有 {count} 项变更待执行：./qince up 会自动执行。"
    ),
    "clock: {now}": "时钟：{now}",
    "{free:.1f} GB free for {data}": "{data} 可用空间 {free:.1f} GB",
    "./qince test needs: {names}": "./qince test 需要：{names}",
    "role {name} cannot pass row-level security": "角色 {name} 无法绕过行级安全",
    "{name} is private": "{name} 仅本人可读",
    "The environment could not be installed.": "运行环境安装失败。",
    "The packages could not be fetched: no connection to the package index.": (
        "无法下载软件包：连接不上软件包索引。"
    ),
    "Check the network; behind a mirror set it with: pip config set global.index-url URL": (
        "请检查网络；使用镜像时请设置：pip config set global.index-url 地址"
    ),
    "A fetched package is not the one that was locked; it was refused.": (
        "下载的软件包与锁定的不一致，已拒绝安装。"
    ),
    "Python's installer pip is missing.": "缺少 Python 安装工具 pip。",
    "Upgrade it, or leave QINCE_DATABASE_URL empty to use the database Qince brings.": (
        "请升级该服务器，或清空 QINCE_DATABASE_URL 以使用 Qince 自带的数据库。"
    ),
    "Create a role without SUPERUSER and BYPASSRLS, and set QINCE_APP_DATABASE_URL to its URL.": (
        "请创建一个不带 SUPERUSER 和 BYPASSRLS 的角色，并将其地址设为 QINCE_APP_DATABASE_URL。"
    ),
    "The database named by QINCE_DATABASE_URL does not let us in.": (
        "无法登录 QINCE_DATABASE_URL 指定的数据库。"
    ),
    "Check host, port, database, role and password of the URL.": (
        "请检查地址中的主机、端口、数据库、角色和密码。"
    ),
    "The database could not be prepared.": "数据库准备失败。",
    "QINCE_DATABASE_URL names a PostgreSQL {theirs}; Qince needs {oldest} or newer.": (
        "QINCE_DATABASE_URL 指向 PostgreSQL {theirs}；Qince 需要 {oldest} 或更高版本。"
    ),
    "Qince serves under a second, weaker role, and “{role}” may not create it.": (
        "Qince 使用另一个权限更小的角色提供服务，而“{role}”无权创建它。"
    ),
    "The role “{role}” of QINCE_APP_DATABASE_URL could read across organizations.": (
        "QINCE_APP_DATABASE_URL 的角色“{role}”能够跨企业读取数据。"
    ),
    "Give it neither SUPERUSER nor BYPASSRLS: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS": (
        "请去掉 SUPERUSER 和 BYPASSRLS：ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS"
    ),
    "Let a superuser run there: {sql}": "请让超级用户在该库执行：{sql}",
    "    The user “{user}” cannot enter {data}, so the database itself lies in {home}.": (
        "    用户“{user}”无法进入 {data}，因此数据库本体放在 {home}。"
    ),
    "where Qince lies and listens": "存放位置与监听地址",
    "Qince: open, self-hosted software for companies with people in the field.": (
        "Qince：面向外勤团队的开源自托管软件。"
    ),
    "Start with: ./qince up --demo     Each command explains itself: ./qince up --help": (
        "从这里开始：./qince up --demo     每个命令都有说明：./qince up --help"
    ),
    "COMMAND": "命令",
    "address to listen on": "监听地址",
    "port of the web server; sockets take the next one": "网页服务端口；实时连接使用下一个端口",
    "folder of database, files and logs": "数据库、文件和日志所在目录",
    "show what the programs behind say": "显示后台程序的输出",
    "now": "当前",
    "a port is a number from 1 to 65534, not {text}": "端口应为 1 到 65534 之间的数字，而不是 {text}",
    "Unknown option: {words}": "未知选项：{words}",
    "See: ./qince {command} --help": "请看：./qince {command} --help",
    "For a second, separate Qince choose another folder and port: --data DIR --port PORT": (
        "若要另外运行一套 Qince，请选用其他目录和端口：--data 目录 --port 端口"
    ),
    "process {pid} (./qince {command}), since {since}": "进程 {pid}（./qince {command}），自 {since} 起",
    "{data} is in use by {owner}.": "{data} 正被占用：{owner}。",
    "Stop it with Ctrl-C where it runs, or: kill {pid}": "请在其运行处按 Ctrl-C 停止，或执行：kill {pid}",
    "another process": "另一个进程",
    "Create that folder or mount its disk, or choose another one with --data DIR.": (
        "请创建该目录或挂载磁盘，或用 --data 目录 选择其他位置。"
    ),
    "{parent} does not exist, so {data} cannot be made in it.": "{parent} 不存在，无法在其中创建 {data}。",
    "Port {port} on {host} is taken by {who}.": "{host} 的端口 {port} 已被占用：{who}。",
    "Use --host 127.0.0.1 for this machine only, or --host 0.0.0.0 for the whole network.": (
        "仅限本机请用 --host 127.0.0.1，对整个网络开放请用 --host 0.0.0.0。"
    ),
    "Choose one above 1023, for example --port 8000, and put a web server in front.": (
        "请选用大于 1023 的端口，例如 --port 8000，并在前面配置网页服务器。"
    ),
    "{host} is not an address of this machine.": "{host} 不是本机的地址。",
    "Stop that program, or choose another port: ./qince up {option} {other}": (
        "请停止该程序，或换一个端口：./qince up {option} {other}"
    ),
    "Port {port} is reserved for root.": "端口 {port} 仅限 root 使用。",
    "another program": "其他程序",
    "process {pid} ({command})": "进程 {pid}（{command}）",
    "Free some space, or choose a folder on another disk with --data DIR.": (
        "请清理空间，或用 --data 目录 选择其他磁盘上的目录。"
    ),
    "Nothing was lost: start again when there is room.": "数据没有丢失：有空间后重新启动即可。",
    "Change the owner of the folder, or choose another one with --data DIR.": (
        "请更改该目录的所有者，或用 --data 目录 选择其他位置。"
    ),
    "The disk is full ({path}).": "磁盘已满（{path}）。",
    "Qince may not write to {path}.": "Qince 没有权限写入 {path}。",
    "The web server does not answer on {address}.": "网页服务在 {address} 没有响应。",
    "! {name} stopped unexpectedly; starting it again in {seconds:.1f} s (log: {path})": (
        "! {name} 意外停止；{seconds:.1f} 秒后重新启动（日志：{path}）"
    ),
    "✓ {name} runs again": "✓ {name} 已恢复运行",
    "{name} did not start.": "{name} 未能启动。",
    "The database could not be restored; nothing was changed.": "数据库恢复失败，现有数据未改动。",
    "Nothing was changed. Use another copy of the backup.": "现有数据未改动。请使用备份的另一份副本。",
    "{file} is damaged or not a Qince backup ({detail}).": "{file} 已损坏或不是 Qince 备份（{detail}）。",
    "{file} has the format {theirs}; this Qince reads {ours}.": (
        "{file} 的格式为 {theirs}，当前 Qince 只能读取 {ours}。"
    ),
    "Restore it with Qince {version}, which wrote it.": "请用生成它的 Qince {version} 恢复。",
    "These tables do not have the rows they had: {tables}": "以下数据表的行数与备份不符：{tables}",
    "The archive names a file outside its folder: {name}": "归档中有超出目录的文件名：{name}",
    "{file} does not exist.": "{file} 不存在。",
    (
        "Works while Qince runs. The archive holds personal data and secrets: keep it safe. The key"
        "s of sensitive data go to FILE.keys, apart from it: keep that elsewhere, and only the newe"
        "st one. Erasing a person destroys a key; an old archive tells nothing about that person as"
        " long as no older FILE.keys is left."
    ): (
        "Qince 运行时也可备份。归档含个人信息和密钥，请妥善保管。敏感数据的密钥另存为“文件.keys”"
        "：请与归档分开存放，并且只保留最新的一份。删除某人时会销毁其密钥；只要没有留下旧的“文件.keys”"
        "，旧归档中也读不出此人的敏感数据。"
    ),
    (
        "Checks every byte first. All or nothing: if it fails, the present data stays as it is. Sen"
        "sitive data is read with the keys in the data folder; --keys adds those of a copy. What ha"
        "s been destroyed here stays destroyed."
    ): (
        "先校验每个字节。要么全部恢复，要么保持现有数据不变。敏感数据用数据目录中的密钥读取；--keys 可"
        "加入副本中的密钥。此处已销毁的密钥不会恢复。"
    ),
    "Keys: {file}. Keep it apart from the archive, and delete older ones.": (
        "密钥：{file}。请与归档分开存放，并删除旧的密钥副本。"
    ),
    "the keys written beside the archive, for a new data folder": (
        "与归档一同写出的密钥文件，用于新的数据目录"
    ),
    "Keys": ("密钥"),
    "{added} brought back, {destroyed} stay destroyed": ("恢复 {added} 个，{destroyed} 个保持已销毁"),
    "There is no key for the following. It stays empty, and the photos of the same people absent:": (
        "以下数据没有对应的密钥，将显示为空，相关人员的照片也无法打开："
    ),
    "Bring the keys: ./qince restore FILE --replace --keys FILE.keys": (
        "请提供密钥：./qince restore 文件 --replace --keys 文件.keys"
    ),
    "the keys are private": ("密钥仅本人可读"),
    "the operator's key opens the key store": ("运营方密钥可以打开密钥库"),
    "{file} is damaged or no copy of a key store ({detail}).": (
        "{file} 已损坏，或不是密钥库副本（{detail}）。"
    ),
    "Nothing was changed. Use another copy of the keys.": ("未做任何更改。请换用另一份密钥副本。"),
    "look for a word everywhere Qince keeps anything": "在 Qince 保存数据的所有位置查找指定内容",
    "./qince privacy sweep MARKER [--backup FILE]: tables, files, exports, and backups that you name. "
    "Prints each place; exits with 1 when anything is found.": (
        "./qince privacy sweep 标记 [--backup 文件]：查找数据表、文件、导出内容以及指定的备份，"
        "逐一列出位置；有发现时退出码为 1。"
    ),
    "look into this backup": "同时查找该备份",
    "Erasing again whoever was erased": "重新删除曾被删除的人员数据",
    "nobody": "无",
    "People were erased here; a backup may still hold them, and Qince is running.": (
        "此处曾删除过个人数据，备份中可能仍有这些数据，而 Qince 正在运行。"
    ),
    "Stop Qince, restore, and start it again: they are erased anew before it opens.": (
        "请先停止 Qince，恢复后再启动：开放服务前会重新删除这些数据。"
    ),
    "A certificate needs its key, and a key its certificate.": "证书和私钥必须同时提供。",
    "Name both: --tls-certificate FILE --tls-key FILE": ("请同时指定：--tls-certificate 文件 --tls-key 文件"),
    "{certificate} and {key} do not work together: {reason}": "{certificate} 与 {key} 不能一起使用：{reason}",
    "Both must be PEM files, the certificate with its chain, and belong to each other.": (
        "两者都须为 PEM 文件（证书须包含证书链），且彼此匹配。"
    ),
    "{path} is not there.": "找不到 {path}。",
    "Give the path of the private key.": "请指定私钥文件的路径。",
    "{path} can be read by others on this machine.": "本机其他用户可以读取 {path}。",
    "Make it yours alone: chmod 600 {path}": "请改为仅本人可读：chmod 600 {path}",
    "{path} is not a private key in PKCS #8 without a password.": "{path} 不是无口令的 PKCS #8 私钥。",
    "Convert it: openssl pkcs8 -topk8 -nocrypt -in {path} -out key.pem": (
        "请转换：openssl pkcs8 -topk8 -nocrypt -in {path} -out key.pem"
    ),
    "On {host} others reach Qince without encryption.": "监听 {host} 时，其他人会以未加密的方式访问 Qince。",
    "Serve HTTPS: ./qince up --tls-certificate FILE --tls-key FILE": (
        "请启用 HTTPS：./qince up --tls-certificate 文件 --tls-key 文件"
    ),
    "Or put a TLS proxy in front and set QINCE_HTTPS=yes.": (
        "或在前面放置 TLS 代理，并设置 QINCE_HTTPS=yes。"
    ),
    "PEM file with the certificate and its chain: serve HTTPS and nothing else": (
        "含证书及证书链的 PEM 文件：只提供 HTTPS 服务"
    ),
    "PEM file with its private key (PKCS #8)": "对应私钥的 PEM 文件（PKCS #8）",
}
