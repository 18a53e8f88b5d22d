; Inno Setup 6: makes an installer from the folder that PyInstaller leaves on Windows.
;   iscc /DVersion=0.1.0 packaging\windows.iss
; Installs for the person who runs it, without administrator's rights. The workspace lies elsewhere
; (below %LOCALAPPDATA%\SalesDesk) and is never touched, neither by an update nor by removal.

#ifndef Version
  #error Say which version this is: /DVersion=...
#endif

[Setup]
AppId={{7D0C3B0E-6B1B-4C54-9D0B-0B6E5E8C0A51}
AppName=SalesDesk
AppVersion={#Version}
DefaultDirName={autopf}\SalesDesk
DefaultGroupName=SalesDesk
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
SourceDir=..
OutputDir=dist
OutputBaseFilename=SalesDesk-{#Version}-setup
LicenseFile=LICENSE
Compression=lzma2
SolidCompression=yes
CloseApplications=yes
DisableProgramGroupPage=yes
WizardStyle=modern

[InstallDelete]
; libraries of an older version must not be found by a newer one
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "dist\salesdesk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Icons]
Name: "{group}\SalesDesk"; Filename: "{app}\salesdesk.exe"
Name: "{autodesktop}\SalesDesk"; Filename: "{app}\salesdesk.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\salesdesk.exe"; Description: "{cm:LaunchProgram,SalesDesk}"; Flags: nowait postinstall skipifsilent
